/**
 * The terminal inside and Ink do not agree on how wide everything is: emoji with a variation selector, joined emoji,
 * keycaps, flags, marks that take a place. A row is laid out by the widths of `string-width`, so that what has another
 * one there is replaced by what keeps the columns in their places.
 */
import stringWidth from 'string-width';

/** Characters that are one cell, or two, for everybody, and join with nothing among their like: first, last, width. */
const PLAIN: readonly (readonly [first: number, last: number, width: 1 | 2])[] = [
  [0x20, 0x7e, 1],
  [0xa1, 0xa8, 1],
  [0xaa, 0xac, 1],
  [0xaf, 0x2ff, 1],
  [0x370, 0x373, 1],
  [0x376, 0x377, 1],
  [0x388, 0x38a, 1],
  [0x38e, 0x3a1, 1],
  [0x3a3, 0x482, 1],
  [0x48a, 0x52f, 1],
  [0x2010, 0x2027, 1],
  [0x2030, 0x203b, 1],
  [0x2190, 0x2193, 1],
  [0x2500, 0x25a9, 1],
  [0x2800, 0x28ff, 1],
  [0x3041, 0x3096, 2],
  [0x30a1, 0x30fa, 2],
  [0x4e00, 0x9fff, 2],
  [0xac00, 0xd7a3, 2],
  [0xff01, 0xff60, 2],
];
const PLAIN_WIDTHS = new Uint8Array(0x1_0000);
for (const [first, last, width] of PLAIN) PLAIN_WIDTHS.fill(width, first, last + 1);

/** Controls, marks that turn the direction of writing, joiners, selectors of variants: nothing that is seen. */
const UNSEEN =
  /[\p{Control}\p{Format}\p{Surrogate}\p{Unassigned}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;
const SEGMENTER = new Intl.Segmenter();

export function isPlain(text: string, width: number): boolean {
  return text.length === 1 && PLAIN_WIDTHS[text.charCodeAt(0)] === width;
}

/**
 * Replaces, in place, what would not have its width. `widths` are the cells that each text takes; `canJoin` says
 * whether a text may share a cluster with the one before it.
 */
export function fitCells(
  texts: string[],
  widths: readonly number[],
  canJoin: (index: number) => boolean,
): void {
  for (let from = 0; from < texts.length;) {
    if (isPlain(texts[from]!, widths[from]!)) {
      from += 1;
      continue;
    }
    let mayJoin = false;
    let end = from;
    for (; end < texts.length && !isPlain(texts[end]!, widths[end]!); end += 1) {
      const fitted = fitAlone(texts[end]!, widths[end]!);
      texts[end] = fitted.text;
      mayJoin ||= fitted.mayJoin;
    }
    if (mayJoin) part(texts, widths, canJoin, Math.max(0, from - 1), Math.min(texts.length, end + 1));
    from = end;
  }
}

/** `mayJoin`: with some neighbour it could be one cluster, and is not that neighbour's doing alone. */
type Fitted = { text: string; mayJoin: boolean };
/** By width; emptied when full. */
const known: readonly Map<string, Fitted>[] = [new Map(), new Map(), new Map()];
const MOST_KNOWN = 5000;

function fitAlone(text: string, width: number): Fitted {
  const kept = known[width]!.get(text);
  if (kept !== undefined) return kept;
  if (known[width]!.size >= MOST_KNOWN) known[width]!.clear();
  const fit = findFit(text, width);
  const fitted = { text: fit, mayJoin: ties(fit) };
  known[width]!.set(text, fitted);
  return fitted;
}

/** Halves of flags, letters of Hangul, and Indic signs that tie consonants together. */
const TYING = /[\p{Regional_Indicator}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u;

function ties(text: string): boolean {
  const clusters = (joined: string): number => Array.from(SEGMENTER.segment(joined)).length;
  return (
    TYING.test(text) ||
    clusters(`x${text}`) === clusters(text) ||
    clusters(`${text}\u0915`) === clusters(text)
  );
}

function findFit(text: string, width: number): string {
  const seen = text.replace(UNSEEN, '');
  if (isOne(seen, width)) return seen;
  const [first = ''] = seen;
  if (isOne(first, width)) return first;
  return (stringWidth(seen) === 0 ? ' ' : '\ufffd') + ' '.repeat(width - 1);
}

/** One cluster of that width, that does not take what follows into it as some Indic letters and signs do. */
function isOne(text: string, width: number): boolean {
  return stringWidth(text) === width && Array.from(SEGMENTER.segment(`${text} `)).length === 2;
}

/** Neighbours that would become one cluster stay so only where it is as wide as they are: `🇩` and `🇪`. */
function part(
  texts: string[],
  widths: readonly number[],
  canJoin: (index: number) => boolean,
  from: number,
  end: number,
): void {
  const run = texts.slice(from, end);
  const starts = new Set(Array.from(SEGMENTER.segment(run.join('')), ({ index }) => index));
  let offset = run[0]!.length;
  for (let first = from, next = from + 1; first < end; first = next, next += 1) {
    let text = texts[first]!;
    let width = widths[first]!;
    let joins = true;
    for (; next < end && !starts.has(offset); next += 1) {
      text += texts[next]!;
      width += widths[next]!;
      joins &&= canJoin(next);
      offset += texts[next]!.length;
    }
    offset += texts[next]?.length ?? 0;
    if (joins && (next === first + 1 || stringWidth(text) === width)) continue;
    for (let index = first + 1; index < next; index += 1) texts[index] = ' '.repeat(widths[index]!);
  }
}
