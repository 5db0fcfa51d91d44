import type { Kind } from '../engine/objects.ts';
import { rowsOf } from './rows.ts';
import { selectedIndex, selectRows } from './select-rows.ts';
import type { ListView, State } from './state.ts';

/**
 * Holds the selection of a list that was read anew to its row, so that a key never goes to another one that has come
 * to stand in its place; when the row is gone, its neighbour is selected. Marks of rows that are gone go with them.
 */
export function keepPlace(before: State, after: State, kind: Kind): State {
  const list = after.lists[kind];
  const kept = { ...list, ...keptSelection(before, after, kind), marked: keptMarks(after, kind) };
  const isSame = kept.selected === list.selected && kept.index === list.index && kept.marked === list.marked;
  return isSame ? after : { ...after, lists: { ...after.lists, [kind]: kept } };
}

function keptSelection(before: State, after: State, kind: Kind): Pick<ListView, 'selected' | 'index'> {
  const list = before.lists[kind];
  const rows = selectRows(before, kind);
  const index = selectedIndex(rows, list);
  const shown = rows[index]?.key ?? null;
  const isWaiting = list.selected !== shown && isAwaited(before, kind);
  const wanted = isWaiting ? list.selected : shown;
  const now = selectRows(after, kind);
  const at = now.findIndex((row) => row.key === wanted);
  if (at >= 0) return { selected: wanted, index: at };
  if (isWaiting) return list;
  const neighbour = Math.max(0, Math.min(index, now.length - 1));
  return { selected: now[neighbour]?.key ?? null, index: neighbour };
}

/** A row that is still to come: a container that was just run is selected before it is in the list. */
function isAwaited(state: State, kind: Kind): boolean {
  const { selected } = state.lists[kind];
  return selected !== null && !allKeys(state, kind).has(selected);
}

function keptMarks(state: State, kind: Kind): ReadonlySet<string> {
  const { marked } = state.lists[kind];
  if (marked.size === 0) return marked;
  const keys = allKeys(state, kind);
  const kept = [...marked].filter((key) => keys.has(key));
  return kept.length === marked.size ? marked : new Set(kept);
}

/** Keys of all rows, also of those that a filter hides. */
function allKeys(state: State, kind: Kind): ReadonlySet<string> {
  const items = state.objects[kind].items?.values() ?? [];
  return new Set([...items].flatMap(rowsOf).map((row) => row.key));
}
