import { cellWidth } from '../fit-text.ts';
import { piece, type Piece } from '../line.ts';
import { wrapWords } from '../wrap-words.ts';
import type { LessonLine } from './lesson-line.ts';

type Run = { text: string; stands: boolean };

const MARKED = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g;

/** A sentence in pieces: what was written as `code`, **strong** or *emphasis* stands out, and loses its marks. */
function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(MARKED)) {
    runs.push({ text: text.slice(at, match.index), stands: false });
    runs.push({ text: match[1] ?? match[2] ?? match[3] ?? '', stands: true });
    at = match.index + match[0].length;
  }
  return [...runs, { text: text.slice(at), stands: false }];
}

/** A sentence without the marks of Markdown, for where nothing can stand out. */
export function plainText(text: string): string {
  return runsOf(text)
    .map((run) => run.text)
    .join('');
}

/** Like `hanging`, for a sentence in which something may stand out. */
export function hangingInline(before: Piece, text: string, tone: Piece['tone'], width: number): LessonLine[] {
  const indent = cellWidth(before.text);
  const blank = piece(' '.repeat(indent));
  return text.split('\n').flatMap((sentence, at) => {
    const runs = runsOf(sentence);
    const lines = wrapWords(runs.map((run) => run.text).join(''), Math.max(1, width - indent));
    const toneOf = tonesOf(runs, tone);
    return lines.map((line, i): LessonLine => [at === 0 && i === 0 ? before : blank, ...toneOf(line)]);
  });
}

/** Gives the pieces of one line after the other; blanks at which a text was broken are in none of them. */
function tonesOf(runs: readonly Run[], tone: Piece['tone']): (line: string) => Piece[] {
  const characters = runs.flatMap((run) => Array.from(run.text, (text) => ({ text, stands: run.stands })));
  let at = 0;
  return (line) => {
    const pieces: Piece[] = [];
    for (const text of line) {
      while (at < characters.length && characters[at]!.text !== text) at += 1;
      const of = characters[at]?.stands === true ? 'title' : tone;
      at += 1;
      const last = pieces.at(-1);
      if (last?.tone === of) last.text += text;
      else pieces.push({ text, tone: of });
    }
    return pieces;
  };
}
