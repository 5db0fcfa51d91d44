import type { Column } from './columns.ts';

/** Cells between columns: one at least, up to this many where there is room, so that names are not lost in the rest. */
const WIDEST_GAP = 3;

export type ColumnLayout = { columns: readonly { column: Column; width: number }[]; gap: number };

/**
 * Shares the inner width of a pane among its columns. `widest` is each column's widest text in view. Columns come in by
 * rank for as long as they fit, and get the rest by rank too; a column without any text takes no room.
 */
export function layoutColumns(
  columns: readonly Column[],
  widest: ReadonlyMap<string, number>,
  width: number,
): ColumnLayout {
  const want = (c: Column): number => Math.min(c.max, widest.get(c.id) ?? 0);
  const widths = new Map<Column, number>();
  let left = width + 1;
  for (const column of byRank(columns)) {
    const least = Math.min(column.min, want(column));
    if (least === 0 || width < (column.from ?? 0) || least + 1 > left) continue;
    widths.set(column, least);
    left -= least + 1;
  }
  for (const [column, least] of widths) {
    const more = Math.min(left, want(column) - least);
    widths.set(column, least + more);
    left -= more;
  }
  const gaps = Math.max(1, widths.size - 1);
  const gap = 1 + Math.max(0, Math.min(WIDEST_GAP - 1, Math.floor(left / gaps)));
  return { columns: columns.flatMap((column) => shown(column, widths)), gap };
}

function shown(column: Column, widths: ReadonlyMap<Column, number>): { column: Column; width: number }[] {
  const width = widths.get(column);
  return width === undefined ? [] : [{ column, width }];
}

function byRank(columns: readonly Column[]): Column[] {
  return columns.toSorted((a, b) => a.rank - b.rank);
}
