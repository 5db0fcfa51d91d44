import { cellWidth, rowStarts } from './fit-text.ts';

/** Breaks a text at its blanks into lines of at most `width` cells; a word that is longer is broken where it must. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((w) => breakWord(w, width))) {
    if (line === '') line = word;
    else if (cellWidth(line) + 1 + cellWidth(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function breakWord(word: string, width: number): string[] {
  if (cellWidth(word) <= width) return [word];
  const starts = rowStarts(word, Math.max(1, width));
  return starts.map((from, i) => word.slice(from, starts[i + 1]));
}
