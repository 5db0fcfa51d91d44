import type { FoundFile } from '../engine/engine.ts';
import { humanSize } from '../engine/human-size.ts';
import { EMPTY_LINE, piece, type Line } from './line.ts';
import type { Page } from './overlays.ts';

/** Bytes of a file that are read for a page; more is for programs that are made for it. */
export const PAGE_BYTES = 256 * 1024;

/**
 * A file to read, with a word before it where it is not all there is.
 * @param size of the whole file in bytes; null where it is not known
 */
export function filePage(
  title: string,
  { text, isBinary }: Extract<FoundFile, { kind: 'file' }>,
  size: number | null,
): Page {
  const all = size === null ? '' : `, ${humanSize(size)}`;
  if (isBinary) return { title, lines: [note(`This is no text${all}.`)] };
  if (text === '') return { title, lines: [note('The file is empty.')] };
  const isCut = (size ?? 0) > PAGE_BYTES || Buffer.byteLength(text) >= PAGE_BYTES;
  const cut = isCut ? [note(`Only the first ${humanSize(PAGE_BYTES)} are shown${all}.`), EMPTY_LINE] : [];
  const lines = text.replace(/\n$/, '').split('\n');
  return { title, lines: [...cut, ...lines.map((line): Line => [piece(line)])] };
}

const note = (text: string): Line => [piece(text, 'quiet')];
