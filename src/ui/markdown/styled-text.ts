import { cellWidth, rowStarts } from '../../model/fit-text.ts';

/** A text and the SGR codes that are in force from an offset of it on. */
type Styled = { text: string; marks: readonly { at: number; codes: string }[] };

const SGR = /\x1b\[([\d;]*)m/g;

/** Which codes end which: a colour ends with 39, bold with 22, and so on. */
function familyOf(code: string): string {
  if (/^(3[0-8]|9[0-7])(;|$)/.test(code) || code === '39') return 'colour';
  if (/^(4[0-8]|10[0-7])(;|$)/.test(code) || code === '49') return 'background';
  const ends: Readonly<Record<string, string>> = { '22': '1', '23': '3', '24': '4', '29': '9' };
  return ends[code] ?? (code === '2' ? '1' : code);
}

const isEnd = (code: string): boolean => ['39', '49', '22', '23', '24', '29'].includes(code);

function readStyled(source: string): Styled {
  const marks: { at: number; codes: string }[] = [];
  let open: { family: string; code: string }[] = [];
  let text = '';
  let at = 0;
  for (const match of source.matchAll(SGR)) {
    text += source.slice(at, match.index);
    at = match.index + match[0].length;
    const code = match[1] ?? '';
    if (code === '' || code === '0') open = [];
    else if (isEnd(code))
      open = open.toSpliced(
        open.findLastIndex((o) => o.family === familyOf(code)),
        1,
      );
    else open = [...open, { family: familyOf(code), code }];
    marks.push({ at: text.length, codes: open.map((o) => o.code).join(';') });
  }
  return { text: text + source.slice(at), marks };
}

/** A part of it that stands by itself: codes in force at its beginning are begun, all are ended. */
function sliceStyled({ text, marks }: Styled, from: number, to: number): string {
  let codes = marks.findLast((mark) => mark.at <= from)?.codes ?? '';
  let out = '';
  let at = from;
  const put = (until: number): void => {
    const piece = text.slice(at, until);
    if (piece !== '') out += codes === '' ? piece : `\x1b[${codes}m${piece}\x1b[0m`;
    at = until;
  };
  for (const mark of marks) {
    if (mark.at <= from || mark.at >= to) continue;
    put(mark.at);
    codes = mark.codes;
  }
  put(to);
  return out;
}

export function styledWidth(source: string): number {
  return cellWidth(source.replace(SGR, ''));
}

/** Breaks at blanks into lines of at most `width` cells, too long words where they must; `\r` is a break that stays. */
export function wrapStyled(source: string, width: number): string[] {
  const styled = readStyled(source);
  const lines: string[] = [];
  let words: { from: number; to: number }[] = [];
  let used = 0;
  const flush = (): void => {
    lines.push(words.map(({ from, to }) => sliceStyled(styled, from, to)).join(' '));
    words = [];
    used = 0;
  };
  for (const match of styled.text.matchAll(/[^ \t\n\r]+|\r/g)) {
    if (match[0] === '\r') flush();
    else
      for (const word of breakWord(match[0], match.index, width)) {
        if (words.length > 0 && used + 1 + word.width > width) flush();
        used += (words.length > 0 ? 1 : 0) + word.width;
        words.push(word);
      }
  }
  if (words.length > 0) flush();
  return lines;
}

type Word = { from: number; to: number; width: number };

function breakWord(word: string, at: number, width: number): Word[] {
  const starts = cellWidth(word) <= width ? [0] : rowStarts(word, Math.max(1, width));
  return starts.map((from, i) => {
    const to = starts[i + 1] ?? word.length;
    return { from: at + from, to: at + to, width: cellWidth(word.slice(from, to)) };
  });
}

/** Lines as they are, blanks and all, broken only where they are too long. */
export function breakStyled(source: string, width: number): string[] {
  const styled = readStyled(source);
  const lines: string[] = [];
  let at = 0;
  for (const line of styled.text.split('\n')) {
    const starts = rowStarts(line, Math.max(1, width));
    for (const [i, from] of starts.entries())
      lines.push(sliceStyled(styled, at + from, at + (starts[i + 1] ?? line.length)));
    at += line.length + 1;
  }
  return lines;
}
