import { cleanText } from '../../engine/clean-text.ts';

/** Names, words and values inside a sentence; two of them still fit a line of 80 cells with words around them. */
const PIECE = 60;
/** What `expected` and `actual` may take, in characters. */
const LINE = 200;
/** A whole explanation. */
const SENTENCE = 600;
const NAMES_SHOWN = 5;

/** One clean line of at most `length` characters. */
export function cut(text: string, length: number): string {
  const clean = cleanText(text.slice(0, length * 4)).trim();
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).toWellFormed()}…`;
}

/** A part of a sentence that came from elsewhere. */
export const piece = (text: string): string => cut(text, PIECE);
export const line = (text: string): string => cut(text, LINE);
export const sentence = (text: string): string => cut(text, SENTENCE);

/** A name: `"keep"`. */
export const named = (name: string): string => `"${piece(name)}"`;
/** Words of a file, a log, a command: `“hello”`. */
export const quoted = (text: string): string => `“${piece(text)}”`;

/** `a, b, c and 4 more`; the first few only. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map(piece).join(', ');
  const more = names.length - NAMES_SHOWN;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** `1 container`, `3 containers`. */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** `A=1, B=2`. */
export function pairs(record: Readonly<Record<string, string>>): string {
  return listed(Object.entries(record).map(([key, value]) => `${key}=${value}`));
}
