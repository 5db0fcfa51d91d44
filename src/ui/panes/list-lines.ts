import type { Kind } from '../../engine/objects.ts';
import { COLUMNS, type Cell, type CellFacts } from '../../model/columns.ts';
import { cellWidth, padEnd, padStart } from '../../model/fit-text.ts';
import { layoutColumns } from '../../model/layout-columns.ts';
import type { Row } from '../../model/rows.ts';
import type { Paint, Style } from '../theme.ts';

export type ListPicture = {
  kind: Kind;
  /** Only the rows in view, first to last. */
  rows: readonly Row[];
  /** Which of them is selected; -1 when none is in view. */
  selected: number;
  marked: ReadonlySet<string>;
  flashing: ReadonlySet<string>;
  own: ReadonlySet<string>;
  focused: boolean;
  facts: CellFacts;
  width: number;
  /** With a line of column titles on top. */
  titled: boolean;
};

/** Two cells before each row: the selection; and that it is marked, was just touched, or was made here. */
const MARGIN = 2;

/** The rows of a list as lines of exactly `width` cells. */
export function listLines(picture: ListPicture, paint: Paint): string[] {
  const { rows, width } = picture;
  const columns = COLUMNS[picture.kind];
  const cells = rows.map((row) => new Map(columns.map((c) => [c.id, c.cell(row, picture.facts)])));
  const widest = new Map(
    columns.map((c) => [
      c.id,
      widestOf(
        cells.map((m) => m.get(c.id)!),
        picture.titled ? c.title : '',
      ),
    ]),
  );
  const { columns: layout, gap } = layoutColumns(columns, widest, width - MARGIN);
  const between = ' '.repeat(gap);
  const lines = rows.map((row, i) => {
    const parts = layout.map(({ column, width: w }) =>
      fitCell(cells[i]!.get(column.id)!, w, column.alignRight ?? false),
    );
    return rowLine(picture, paint, row, i, parts, between);
  });
  if (!picture.titled) return lines;
  const titles = layout.map(({ column, width: w }) =>
    column.alignRight ? padStart(column.title, w) : padEnd(column.title, w),
  );
  return [paint('quiet', padEnd(`  ${titles.join(between)}`, width)), ...lines];
}

function widestOf(cells: readonly Cell[], title: string): number {
  return cells.reduce((most, cell) => Math.max(most, cellWidth(cell.text)), cellWidth(title));
}

function fitCell(cell: Cell, width: number, right: boolean): Cell {
  return { text: right ? padStart(cell.text, width) : padEnd(cell.text, width), tone: cell.tone };
}

/** A selected row is inverse as a whole in the focused list, and has `▸` in any: never colour alone. */
function rowLine(
  picture: ListPicture,
  paint: Paint,
  row: Row,
  index: number,
  parts: readonly Cell[],
  between: string,
): string {
  const selected = index === picture.selected;
  const marked = picture.marked.has(row.key);
  const flashes = picture.flashing.has(row.item.id);
  const sign = marked ? '✓' : flashes ? '*' : picture.own.has(row.item.id) ? '•' : ' ';
  const margin = `${selected ? '▸' : ' '}${sign}`;
  const text = parts.map((p) => p.text).join(between);
  const rest = ' '.repeat(Math.max(0, picture.width - MARGIN - cellWidth(text)));
  if (selected && picture.focused) return paint('selected', margin + text + rest);
  if (flashes) return paint('match', margin + text + rest);
  const style = (tone: Cell['tone']): Style => (selected && tone === 'plain' ? 'bold' : tone);
  return paint('accent', margin) + parts.map((p) => paint(style(p.tone), p.text)).join(between) + rest;
}
