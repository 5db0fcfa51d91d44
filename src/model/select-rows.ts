import { KINDS, type Item, type Kind } from '../engine/objects.ts';
import { matchesFilter } from './filter.ts';
import { memoizeLast } from './memoize.ts';
import { rowsOf, SORTINGS, type Row } from './rows.ts';
import { isWanted } from './own-items.ts';
import type { ListView, Own, State, Whose } from './state.ts';

type Compute = (
  items: ReadonlyMap<string, Item> | null,
  filter: string,
  sort: number,
  descending: boolean,
  whose: Whose,
  own: Own,
) => readonly Row[];

/** One cache per kind, so that a change of one list leaves the others' rows as they are. */
const computeRows: Readonly<Record<Kind, Compute>> = {
  container: memoizeLast(sortedRows('container')),
  image: memoizeLast(sortedRows('image')),
  volume: memoizeLast(sortedRows('volume')),
  network: memoizeLast(sortedRows('network')),
};

function sortedRows(kind: Kind): Compute {
  return (items, filter, sort, descending, whose, own) => {
    if (items === null) return [];
    const rows: Row[] = [];
    for (const item of items.values()) {
      if (!isWanted(item, whose, own)) continue;
      for (const row of rowsOf(item)) if (matchesFilter(row.text, filter)) rows.push(row);
    }
    const { order } = SORTINGS[kind][sort] ?? SORTINGS[kind][0]!;
    return rows.toSorted(descending ? (a, b) => order(b, a) : order);
  };
}

/** The rows of a list as they are shown: filtered and sorted. */
export function selectRows(state: State, kind: Kind): readonly Row[] {
  const list = state.lists[kind];
  return computeRows[kind](
    state.objects[kind].items,
    list.filter,
    list.sort,
    list.descending,
    state.whose,
    state.own,
  );
}

/** Where the selection stands among the rows; -1 when there are none. */
export function selectedIndex(rows: readonly Row[], list: ListView): number {
  const at =
    rows[list.index]?.key === list.selected ? list.index : rows.findIndex((r) => r.key === list.selected);
  return at >= 0 ? at : Math.min(list.index, rows.length - 1);
}

/** The row that the details and the keys of a list are about. */
export function selectRow(state: State, kind: Kind): Row | null {
  const rows = selectRows(state, kind);
  return rows[selectedIndex(rows, state.lists[kind])] ?? null;
}

/** What a command of a list acts on: the marked rows, also those that a filter hides, or else the selected one. */
export function selectTargets(state: State, kind: Kind): readonly Row[] {
  const { marked } = state.lists[kind];
  if (marked.size > 0) {
    const all = [...(state.objects[kind].items?.values() ?? [])].flatMap(rowsOf);
    return all.filter((row) => marked.has(row.key));
  }
  const row = selectRow(state, kind);
  return row === null ? [] : [row];
}

/** How many rows each list shows. */
export function countRowsByKind(state: State): Readonly<Record<Kind, number>> {
  const count = (kind: Kind): number => selectRows(state, kind).length;
  return Object.fromEntries(KINDS.map((kind) => [kind, count(kind)])) as Record<Kind, number>;
}
