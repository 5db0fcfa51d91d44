import { cellWidth, sliceCells } from '../../model/fit-text.ts';

// eslint-disable-next-line no-control-regex
const SGR = /(\x1b\[[\d;:]*m)/;
// eslint-disable-next-line no-control-regex
const RESET = /^\x1b\[0?m$/;

/**
 * Puts the cursor over a cell of a painted row: inverse where keys go to it, else underlined, whatever colours the cell
 * has of its own. What follows keeps its colours. `x` counts cells from 0.
 */
export function withCursor(row: string, x: number, focused: boolean): string {
  const parts = row.split(SGR);
  // Codes since the last reset, which hold for the text that comes next.
  let codes = '';
  let at = 0;
  for (const [i, part] of parts.entries()) {
    // `split` puts what the pattern matched at the odd places.
    if (i % 2 === 1) {
      codes = RESET.test(part) ? '' : codes + part;
      continue;
    }
    const width = cellWidth(part);
    if (x < at + width) {
      const cell = cellAt(part, x - at);
      const drawn = `\x1b[0;${focused ? 7 : 4}m${cell.text}\x1b[0m${codes}`;
      return [...parts.slice(0, i), cell.before, drawn, cell.after, ...parts.slice(i + 1)].join('');
    }
    at += width;
  }
  return row;
}

/** The cell that covers a column; a wide character is one. */
function cellAt(text: string, x: number): { before: string; text: string; after: string } {
  let { start, end, lead } = sliceCells(text, x, 1);
  if (lead > 0) ({ start, end } = sliceCells(text, x - 1, 2));
  if (end === start) ({ end } = sliceCells(text, x, 2));
  return { before: text.slice(0, start), text: text.slice(start, end), after: text.slice(end) };
}
