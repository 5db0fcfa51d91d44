import type { FoundFile } from '../../engine/engine.ts';
import { humanSize } from '../../engine/human-size.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import type { Page } from '../overlays.ts';
import type { Source } from './files-effect.ts';
import { shownPath } from './shown-path.ts';

/** A file to read, with a word before it where it is not all there is. */
export function filePage(
  { label, path, size }: Source,
  { text, isBinary }: Extract<FoundFile, { kind: 'file' }>,
  limit: number,
): Page {
  const title = `${label}:${shownPath(path)}`;
  const all = size === null ? '' : `, ${humanSize(size)}`;
  if (isBinary) return { title, lines: [note(`This is no text${all}: c copies it to this machine.`)] };
  if (text === '') return { title, lines: [note('The file is empty.')] };
  const isCut = (size ?? 0) > limit || Buffer.byteLength(text) >= limit;
  const cut = isCut ? [note(`Only the first ${humanSize(limit)} are shown${all}.`), EMPTY_LINE] : [];
  return {
    title,
    lines: [
      ...cut,
      ...text
        .replace(/\n$/, '')
        .split('\n')
        .map((line): Line => [piece(line)]),
    ],
  };
}

const note = (text: string): Line => [piece(text, 'quiet')];
