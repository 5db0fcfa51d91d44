import { firstVisible } from '../layout.ts';
import type { Line } from '../line.ts';

/** A list in a part of the pane: lines above it, the rows in view, lines below it. */
export type PartView = {
  lines: readonly Line[];
  /** Index into `lines`; -1 where there is no row. */
  selected: number;
  /** Lines above the first row in view, and the index of that row. */
  head: number;
  first: number;
  /** Rows in view. */
  shown: number;
};

export type ListPart = {
  head: readonly Line[];
  foot: readonly Line[];
  count: number;
  cursor: number;
  /** Lines of the part. */
  height: number;
  /** Called for rows in view only. */
  line: (row: number) => Line;
};

/** Rows that a list keeps before what stands below it gives way. */
const LEAST_ROWS = 4;

export function listPart({ head, foot, count, cursor, height, line }: ListPart): PartView {
  const footRoom = Math.max(0, height - head.length - Math.min(count, LEAST_ROWS));
  const kept = foot.slice(0, footRoom);
  const room = Math.max(0, height - head.length - kept.length);
  const at = Math.max(0, Math.min(cursor, count - 1));
  const first = Math.max(0, firstVisible(at, count, room));
  const shown = Math.min(room, count - first);
  const rows = Array.from({ length: Math.max(0, shown) }, (_, i) => line(first + i));
  const selected = count === 0 || room === 0 ? -1 : head.length + at - first;
  return { lines: [...head, ...rows, ...kept], selected, head: head.length, first, shown: rows.length };
}

/** Index of the row that a line of the part shows; null for a line that shows none. */
export function rowAt({ head, first, shown }: PartView, line: number): number | null {
  const row = line - head;
  return row >= 0 && row < shown ? first + row : null;
}
