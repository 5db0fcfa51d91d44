import type { Item } from '../engine/objects.ts';
import { memoizeLast } from './memoize.ts';
import type { Row } from './rows.ts';
import type { Own, Whose } from './state.ts';

/** Whether an item was made by this run of Slipway, through the wire or by a key. */
export function isOwn(item: Item, { label, run, made }: Own): boolean {
  if (made.has(item.id)) return true;
  return item.kind !== 'unreadable' && run !== '' && item.labels[label] === run;
}

export function isWanted(item: Item, whose: Whose, own: Own): boolean {
  return whose === 'all' || isOwn(item, own) === (whose === 'mine');
}

const NONE: ReadonlySet<string> = new Set();

/** Ids of the rows that were made here; none where that would mark every row, and so tell nothing. */
export function createOwnMarks(): (rows: readonly Row[], own: Own) => ReadonlySet<string> {
  return memoizeLast((rows: readonly Row[], own: Own) => {
    const mine = rows.filter((row) => isOwn(row.item, own));
    return mine.length === 0 || mine.length === rows.length ? NONE : new Set(mine.map((row) => row.item.id));
  });
}
