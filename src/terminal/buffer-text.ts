import type { IBuffer, IBufferLine } from '@xterm/headless';

/** A cell of a buffer; `y` counts from the oldest line that is kept. */
export type Place = { x: number; y: number };

const UNSEEN = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text from one cell up to another, without the latter: lines that were only wrapped are joined, blanks at ends cut. */
export function textBetween(buffer: IBuffer, from: Place, end: Place): string {
  let text = '';
  for (let y = from.y; y <= end.y; y += 1) {
    const line = buffer.getLine(y);
    if (line === undefined) break;
    const goesOn = y < end.y && buffer.getLine(y + 1)?.isWrapped === true;
    const last = y === end.y ? end.x : line.length;
    text += lineText(line, y === from.y ? from.x : 0, last, goesOn);
    if (y < end.y && !goesOn) text += '\n';
  }
  return text;
}

function lineText(line: IBufferLine, from: number, end: number, goesOn: boolean): string {
  // A wide character that had no room left an unwritten cell at the end of a wrapped line.
  const isCut = goesOn && line.getCell(line.length - 1)?.getCode() === 0;
  const text = line.translateToString(false, from, isCut ? Math.min(end, line.length - 1) : end);
  return (goesOn ? text : text.trimEnd()).replace(UNSEEN, '');
}

/** First and last line of what is one line to the program, wrapped at the edge. */
export function wholeLine(buffer: IBuffer, y: number): { first: number; last: number } {
  let first = y;
  while (first > 0 && buffer.getLine(first)?.isWrapped === true) first -= 1;
  let last = y;
  while (buffer.getLine(last + 1)?.isWrapped === true) last += 1;
  return { first, last };
}
