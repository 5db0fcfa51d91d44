import type { WireCall } from '../wire/wire-call.ts';
import { memoizeLast } from './memoize.ts';
import type { WireLog } from './wire-log.ts';
import type { WireRow } from './wire-rows.ts';

type Cursor = WireLog['cursor'];

/** Indexes in the rows: of the selected call (-1 without any) and of the first row in view. */
export type WirePlace = { selected: number; top: number };

export const wirePlace = memoizeLast(
  (rows: readonly WireRow[], cursor: Cursor, height: number): WirePlace => {
    const lowest = Math.max(0, rows.length - height);
    if (cursor === null) return { selected: rows.length - 1, top: lowest };
    const selected = indexOf(rows, cursor.id);
    // What comes in below does not move what is held still; a lower window may have to.
    const line = Math.max(0, Math.min(cursor.line, height - 1));
    return { selected, top: Math.max(0, Math.min(selected - line, lowest)) };
  },
);

/** A call that is not on show any more gives its place to the one before it. */
function indexOf(rows: readonly WireRow[], id: number): number {
  const at = rows.findIndex((row) => row.kind === 'call' && row.call.id === id);
  if (at >= 0) return at;
  const before = rows.findLastIndex((row) => row.kind === 'call' && row.call.id < id);
  return before >= 0 ? before : rows.findIndex((row) => row.kind === 'call');
}

export function selectedCall(rows: readonly WireRow[], cursor: Cursor, height: number): WireCall | null {
  const row = rows[wirePlace(rows, cursor, height).selected];
  return row?.kind === 'call' ? row.call : null;
}

/** The cursor some rows further down (or up, negative). Reaching the end follows again. */
export function moveCursor(rows: readonly WireRow[], cursor: Cursor, by: number, height: number): Cursor {
  const { selected } = wirePlace(rows, cursor, height);
  if (selected < 0) return cursor;
  const wanted = Math.max(0, Math.min(rows.length - 1, selected + by));
  const to = nearestCall(rows, wanted, by);
  return to === rows.length - 1 && by > 0 ? null : putCursor(rows, cursor, to, height);
}

/** The cursor on the row with this index, the view as it was where that is possible. */
export function putCursor(rows: readonly WireRow[], cursor: Cursor, to: number, height: number): Cursor {
  const row = rows[to];
  if (row?.kind !== 'call') return cursor;
  const { top } = wirePlace(rows, cursor, height);
  // The command of the first call in view stands above it.
  const first = rows[to - 1]?.kind === 'heading' && height > 1 ? to - 1 : to;
  const shown = Math.max(Math.min(top, first), to - height + 1);
  return { id: row.call.id, line: to - shown };
}

/** Headings cannot be selected. The first row is one, the last row is none. */
function nearestCall(rows: readonly WireRow[], index: number, direction: number): number {
  if (rows[index]?.kind === 'call') return index;
  return direction > 0 || index === 0 ? index + 1 : index - 1;
}
