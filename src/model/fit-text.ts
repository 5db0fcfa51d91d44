/**
 * Text cut and padded to an exact number of terminal cells. Widths are those of `string-width`, which is what Ink
 * lays out with. Called for every visible cell of every frame, so that common letters take a table look-up and only
 * runs with anything odd in them (emoji, combining marks) are segmented.
 */
import stringWidth from 'string-width';

const ELLIPSIS = '…';
const SEGMENTER = new Intl.Segmenter();
/** Must not reach the terminal; each counts as one cell and is shown as U+FFFD, so that offsets stay as they are. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const CONTROLS = new RegExp(CONTROL, 'g');

/** Characters that are a cluster of their own among their like, by first, last and width. */
const SIMPLE: readonly (readonly [first: number, last: number, width: 1 | 2])[] = [
  [0x20, 0x7e, 1],
  [0xa0, 0xac, 1],
  [0xae, 0x2ff, 1],
  [0x370, 0x482, 1],
  [0x48a, 0x52f, 1],
  [0x2010, 0x2027, 1],
  [0x2030, 0x203b, 1],
  [0x2190, 0x21ff, 1],
  [0x2500, 0x25fc, 1],
  [0x2800, 0x28ff, 1],
  [0x3001, 0x3029, 2],
  [0x3041, 0x3096, 2],
  [0x30a1, 0x30fa, 2],
  [0x4e00, 0x9fff, 2],
  [0xac00, 0xd7a3, 2],
  [0xff01, 0xff60, 2],
];

/** Width by UTF-16 unit; 0 where the neighbours have a say. */
const WIDTHS = new Uint8Array(0x1_0000);
for (const [first, last, width] of SIMPLE) WIDTHS.fill(width, first, last + 1);

type Visit = (end: number, width: number, start: number) => boolean;

/** Calls `visit` for each cluster from `from` on, until it says false. */
function walk(text: string, from: number, visit: Visit): void {
  let at = from;
  while (at < text.length) {
    const width = WIDTHS[text.charCodeAt(at)] ?? 0;
    if (width !== 0 && isSimple(text, at + 1)) {
      if (!visit(at + 1, width, at)) return;
      at += 1;
    } else {
      const end = endOfOddRun(text, at);
      if (!walkOdd(text.slice(at, end), at, visit)) return;
      at = end;
    }
  }
}

function isSimple(text: string, at: number): boolean {
  return at >= text.length || WIDTHS[text.charCodeAt(at)] !== 0;
}

/** An odd run ends between two simple characters: there a cluster surely ends. */
function endOfOddRun(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && !(isSimple(text, end - 1) && isSimple(text, end))) end += 1;
  return end;
}

function walkOdd(run: string, offset: number, visit: Visit): boolean {
  for (const { segment, index } of SEGMENTER.segment(run)) {
    const width = CONTROL.test(segment) ? segment.length : stringWidth(segment);
    const start = offset + index;
    if (!visit(start + segment.length, width, start)) return false;
  }
  return true;
}

function clean(text: string): string {
  return CONTROL.test(text) ? text.replace(CONTROLS, '\ufffd') : text;
}

export function cellWidth(text: string): number {
  let sum = 0;
  walk(text, 0, (_, width) => {
    sum += width;
    return true;
  });
  return sum;
}

/** The longest beginning that fits, with an ellipsis where something is missing; `width` is what it takes. */
function fit(text: string, cells: number): { text: string; width: number } {
  let width = 0;
  let kept = { end: 0, width: 0 };
  let fits = true;
  walk(text, 0, (end, cluster) => {
    fits = width + cluster <= cells;
    if (fits) width += cluster;
    if (fits && width < cells) kept = { end, width };
    return fits;
  });
  if (fits) return { text: clean(text), width };
  if (cells <= 0) return { text: '', width: 0 };
  return { text: clean(text.slice(0, kept.end)) + ELLIPSIS, width: kept.width + 1 };
}

/** At most `cells` wide: `a long na…`. */
export function cutEnd(text: string, cells: number): string {
  return fit(text, cells).text;
}

/** Exactly `cells` wide, text at the left. */
export function padEnd(text: string, cells: number): string {
  const fitted = fit(text, cells);
  return fitted.text + ' '.repeat(Math.max(0, cells - fitted.width));
}

/** Exactly `cells` wide, text at the right: for numbers. */
export function padStart(text: string, cells: number): string {
  const fitted = fit(text, cells);
  return ' '.repeat(Math.max(0, cells - fitted.width)) + fitted.text;
}

/** At most `cells` wide, both ends kept: for paths and names that differ at the end. */
export function cutMiddle(text: string, cells: number): string {
  const whole = cellWidth(text);
  if (whole <= cells) return clean(text);
  if (cells <= 2) return cutEnd(text, cells);
  const head = sliceCells(text, 0, Math.ceil((cells - 1) / 2));
  const tail = Math.floor((cells - 1) / 2);
  return `${head.text.trimEnd()}${ELLIPSIS}${sliceCells(text, whole - tail, tail).text.trimStart()}`;
}

/** A window on a line. `start` and `end` are offsets in the whole text; `lead` is the number of blanks put before it. */
export type CellSlice = { text: string; start: number; end: number; lead: number };

/** What shows through a window of `cells` cells that begins at cell `from`; half a wide character is a blank. */
export function sliceCells(text: string, from: number, cells: number): CellSlice {
  let at = 0;
  let start = text.length;
  let end = text.length;
  let lead = 0;
  walk(text, 0, (_, width, clusterStart) => {
    const after = at + width;
    if (start === text.length && at >= from) [start, lead] = [clusterStart, at - from];
    if (after > from + cells) {
      end = Math.max(clusterStart, Math.min(start, text.length));
      if (start === text.length) start = end;
      return false;
    }
    at = after;
    return true;
  });
  return {
    text: ' '.repeat(Math.min(lead, cells)) + clean(text.slice(start, end)),
    start,
    end,
    lead: Math.min(lead, cells),
  };
}

/** Offsets at which the rows of a text begin when it is broken hard at `cells`; always at least one. */
export function rowStarts(text: string, cells: number): number[] {
  const starts = [0];
  let width = 0;
  walk(text, 0, (_, cluster, start) => {
    if (width + cluster > cells && width > 0) {
      starts.push(start);
      width = 0;
    }
    width += cluster;
    return true;
  });
  return starts;
}
