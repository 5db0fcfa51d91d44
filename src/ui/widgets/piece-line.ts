import { cellWidth, cutEnd } from '../../model/fit-text.ts';
import { lineText, type Line } from '../../model/line.ts';
import type { Paint } from '../theme.ts';

/** A line of exactly `width` cells: cut where it is longer, filled up where it is shorter. */
export function pieceLine(line: Line, width: number, paint: Paint): string {
  const fitted = fitLine(line, width);
  return fitted.map(({ tone, text }) => paint(tone, text)).join('') + filling(fitted, width);
}

/** The same for the line that is selected: inverse, without its tones. */
export function selectedLine(line: Line, width: number, paint: Paint): string {
  const fitted = fitLine(line, width);
  return paint('selected', lineText(fitted) + filling(fitted, width));
}

function filling(line: Line, width: number): string {
  return ' '.repeat(Math.max(0, width - cellWidth(lineText(line))));
}

function fitLine(line: Line, width: number): Line {
  let left = width;
  return line.map((piece) => {
    const text = left > 0 ? cutEnd(piece.text, left) : '';
    left -= cellWidth(text);
    return { ...piece, text };
  });
}
