import type { FileEntry } from '../../engine/files/file-entry.ts';
import { matchesFilter } from '../filter.ts';
import { memoizeLast } from '../memoize.ts';
import type { Files } from './files-state.ts';
import { shownPath } from '../shown-path.ts';

const COLLATOR = new Intl.Collator('en', { numeric: true });
type Order = (a: FileEntry, b: FileEntry) => number;

const byName: Order = (a, b) => COLLATOR.compare(a.name, b.name);

/** Folders come first in each. */
export const FILE_SORTINGS: readonly { title: string; order: Order }[] = [
  { title: 'name', order: byName },
  { title: 'size, the largest first', order: (a, b) => b.size - a.size || byName(a, b) },
  { title: 'age, the newest first', order: (a, b) => b.modifiedAt - a.modifiedAt || byName(a, b) },
];

const NO_ENTRIES: readonly FileEntry[] = [];

/** The entries of the folder in view as they are shown: what was read, or what is known so far. */
export function selectFileRows({ folders, reading, view }: Files): readonly FileEntry[] {
  const known = folders.get(view.path) ?? (reading?.path === view.path ? reading.listed : NO_ENTRIES);
  return rowsOf(known, view.filter, view.sort);
}

const rowsOf = memoizeLast(
  (entries: readonly FileEntry[], filter: string, sort: number): readonly FileEntry[] => {
    const { order } = FILE_SORTINGS[sort] ?? FILE_SORTINGS[0]!;
    return entries
      .filter(({ name }) => matchesFilter(shownPath(name), filter))
      .toSorted((a, b) => Number(b.type === 'folder') - Number(a.type === 'folder') || order(a, b));
  },
);

/** Where the selection stands; -1 where there is nothing. */
export function selectedFile(rows: readonly FileEntry[], { view }: Files): number {
  const at =
    rows[view.index]?.name === view.selected
      ? view.index
      : rows.findIndex(({ name }) => name === view.selected);
  return at >= 0 ? at : Math.min(view.index, rows.length - 1);
}
