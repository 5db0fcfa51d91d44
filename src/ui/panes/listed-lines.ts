import { piece } from '../../model/line.ts';
import type { DetailContent, ListedLines } from '../../model/select-details.ts';
import type { Size } from '../../model/state.ts';
import type { Paint } from '../theme.ts';
import { pieceLine, selectedLine } from '../widgets/piece-line.ts';

/** Lines of exactly `width` cells. The selected one has a mark, and is inverse where keys go to it. */
export function listedLines(
  { lines, selected }: ListedLines,
  width: number,
  paint: Paint,
  focused: boolean,
): string[] {
  return lines.map((line, i) => {
    const led = [piece(i === selected ? '▸' : ' '), ...line];
    return i === selected && focused ? selectedLine(led, width, paint) : pieceLine(led, width, paint);
  });
}

/** Two lists side by side. */
export function splitLines(
  { left, leftWidth, right, active }: Extract<DetailContent, { kind: 'split' }>,
  { columns, rows }: Size,
  paint: Paint,
  focused: boolean,
): string[] {
  const rightWidth = columns - leftWidth - 1;
  const lefts = listedLines(left, leftWidth, paint, focused && active === 'left');
  const rights = listedLines(right, rightWidth, paint, focused && active === 'right');
  const blank = (lines: readonly string[], i: number, width: number): string => lines[i] ?? ' '.repeat(width);
  return Array.from(
    { length: rows },
    (_, i) => blank(lefts, i, leftWidth) + paint('border', '│') + blank(rights, i, rightWidth),
  );
}
