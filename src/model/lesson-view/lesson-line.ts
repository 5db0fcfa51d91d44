import { cellWidth, rowStarts } from '../fit-text.ts';
import type { Piece } from '../line.ts';
import { wrapWords } from '../wrap-words.ts';

/** A line of the lesson pane: pieces with their tone, and text that was typeset and holds SGR codes already. */
export type LessonLine = readonly (Piece | TypesetPiece)[];
export type TypesetPiece = { set: string };

type Tone = Piece['tone'];

/** A text broken at its blanks, with something before its first line and as many blanks before the others. */
export function hanging(before: Piece, text: string, tone: Tone, width: number): LessonLine[] {
  const indent = cellWidth(before.text);
  const blank: Piece = { text: ' '.repeat(indent), tone: 'plain' };
  const lines = text.split('\n').flatMap((line) => wrapWords(line, Math.max(1, width - indent)));
  return lines.map((line, i) => [i === 0 ? before : blank, { text: line, tone }]);
}

/** A command line as it is, blanks and all: broken only where the pane ends. */
export function breakHard(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const starts = rowStarts(line, Math.max(1, width));
    return starts.map((from, i) => line.slice(from, starts[i + 1]));
  });
}
