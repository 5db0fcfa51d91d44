import type { Tone } from './columns.ts';

/** A piece of a line with its tone; `key` is a name of a key. */
export type Piece = {
  text: string;
  tone: Tone | 'key' | 'title';
  /** What is read aloud in its place: marks and bars are for the eye. */
  said?: string;
};
export type Line = readonly Piece[];

export const piece = (text: string, tone: Piece['tone'] = 'plain'): Piece => ({ text, tone });
/** A mark or a bar, with the words for it; none for what only decorates. */
export const drawn = (text: string, tone: Piece['tone'], said: string): Piece => ({ text, tone, said });
export const EMPTY_LINE: Line = [piece('')];

/** The line without its tones. */
export function lineText(line: Line): string {
  return line.map(({ text }) => text).join('');
}

/** The line for a screen reader. */
export function spokenText(line: Line): string {
  const words = line.map(({ text, said }) => (said === undefined ? text : ` ${said} `)).join('');
  return words.replace(/ {2,}/g, ' ').trim();
}
