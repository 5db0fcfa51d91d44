import type { FileEntry } from '../../engine/files/file-entry.ts';
import type { Item } from '../../engine/objects.ts';
import { memoizeLast } from '../memoize.ts';
import { selectRow } from '../select-rows.ts';
import { shownTab } from '../select-subjects.ts';
import type { State } from '../state.ts';
import type { Source } from './files-effect.ts';
import { NO_FILES, placeOf, type Files } from './files-state.ts';

/** `container abc`: whose files an item has; empty for those without. */
export function filesOf(item: Item): string {
  const has = item.kind === 'container' || item.kind === 'image' || item.kind === 'volume';
  return has ? `${item.kind} ${item.id}` : '';
}

/** What is known of the files of the selected row. */
export function selectFiles(state: State): Files {
  const item = selectRow(state, state.subject)?.item;
  const of = item === undefined ? '' : filesOf(item);
  return of !== '' && of === state.files.of ? state.files : NO_FILES;
}

/** A path among the files of the selected row; null where nothing of them is known yet. */
export function sourceAt(state: State, path: string, entry: FileEntry | null): Source | null {
  const row = selectRow(state, state.subject);
  const files = selectFiles(state);
  if (row === null || files.of === '') return null;
  const size = entry?.type === 'file' ? entry.size : null;
  return { place: placeOf(files.of), label: row.name, path, size, isLink: entry?.type === 'link' };
}

const NONE: readonly string[] = [];
const one = memoizeLast((key: string): readonly string[] => [key]);

/** What has to be read now: whose files, the count of readings, and the folder, on a line each. */
export function selectFolderSubject(state: State): readonly string[] {
  const item = selectRow(state, state.subject)?.item;
  const of = item === undefined ? '' : filesOf(item);
  if (of === '' || shownTab(state) !== 'files') return NONE;
  const { files } = state;
  if (files.of !== of) return one(`${of}\n0\n/`);
  const { path } = files.view;
  return files.folders.has(path) ? NONE : one(`${of}\n${files.asked}\n${path}`);
}
