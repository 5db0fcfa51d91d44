import type { Tone } from './columns.ts';

/** A piece of a line with its tone; `key` is a name of a key. */
export type Piece = { text: string; tone: Tone | 'key' | 'title' };
export type Line = readonly Piece[];

export const piece = (text: string, tone: Piece['tone'] = 'plain'): Piece => ({ text, tone });
export const EMPTY_LINE: Line = [piece('')];

/** The line without its tones. */
export function lineText(line: Line): string {
  return line.map(({ text }) => text).join('');
}
