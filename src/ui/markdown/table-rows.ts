import { shareWidth } from '../../model/share-width.ts';
import { styledWidth, wrapStyled } from './styled-text.ts';

const GAP = '  ';
/** A column below this tells nothing: the rows are listed instead. */
const LEAST = 4;

/** A table of at most `width` cells; where its columns have no room, or `flat`, each row as a list of its cells. */
export function tableRows(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  flat: boolean,
): string[] {
  const room = width - GAP.length * (head.length - 1);
  if (flat || room < LEAST * head.length) return rows.flatMap((row) => listed(head, row, width));
  const wanted = head.map((title, i) =>
    Math.max(1, styledWidth(title), ...rows.map((row) => styledWidth(row[i] ?? ''))),
  );
  const widths = shareWidth(wanted, room);
  const rule = widths.map((w) => '─'.repeat(w)).join('──');
  return [...rowLines(head, widths), rule, ...rows.flatMap((row) => rowLines(row, widths))];
}

/** A row is as high as its highest cell. */
function rowLines(cells: readonly string[], widths: readonly number[]): string[] {
  const wrapped = widths.map((width, i) => wrapStyled(cells[i] ?? '', width));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) =>
    wrapped
      .map((lines, i) => padded(lines[y] ?? '', widths[i] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - styledWidth(text)));
}

function listed(head: readonly string[], row: readonly string[], width: number): string[] {
  const cells = head.map((title, i) => `${title}: ${row[i] ?? ''}`);
  return wrapStyled(`${cells.join(', ')}.`, width);
}
