import type { FileEntry } from '../../engine/files/file-entry.ts';
import { notice } from '../actions/moving-actions.ts';
import { askForm, openOverlay } from '../actions/open-overlay.ts';
import { actionsOf, type Action } from '../actions/action.ts';
import type { Intent } from '../intents.ts';
import { detailSize } from '../layout.ts';
import { lineInput } from '../line-input.ts';
import type { State } from '../state.ts';
import { FILE_SORTINGS, selectedFile, selectFileRows } from './file-rows.ts';
import { selectFiles, sourceAt } from './files-subject.ts';
import type { FilesEvent, FilesView } from './files-state.ts';
import { folderOf, nameOf, pathOf } from './path-parts.ts';
import { shownPath } from '../shown-path.ts';

type Look = { event: Extract<FilesEvent, { type: 'files-looked-at' }> };

function look(view: Partial<FilesView>): Look {
  return { event: { type: 'files-looked-at', view } };
}

/** Moves the selection. */
export function moveFile(state: State, by: number): readonly Intent[] {
  const rows = selectFileRows(selectFiles(state));
  return selectFile(state, selectedFile(rows, selectFiles(state)) + by);
}

export function selectFile(state: State, index: number): readonly Intent[] {
  const rows = selectFileRows(selectFiles(state));
  const to = Math.max(0, Math.min(rows.length - 1, index));
  const row = rows[to];
  return row === undefined ? [] : [look({ selected: row.name, index: to })];
}

function selected(state: State): { entry: FileEntry; path: string } | null {
  const files = selectFiles(state);
  const rows = selectFileRows(files);
  const entry = rows[selectedFile(rows, files)];
  return entry === undefined ? null : { entry, path: pathOf(files.view.path, entry.name) };
}

export function openFolder(path: string, select = ''): Look {
  return look({ path, selected: select, index: 0, filter: '' });
}

export function openSelected(state: State): readonly Intent[] {
  const at = selected(state);
  if (at === null) return [];
  const { entry, path } = at;
  if (entry.type === 'folder') return [openFolder(path)];
  if (entry.type !== 'file' && entry.type !== 'link')
    return [notice(state, `${shownPath(entry.name)} is a ${entry.type.replace('-', ' ')}: nothing to read`)];
  const source = sourceAt(state, path, entry);
  return source === null ? [] : [{ effect: { do: 'open-file', source } }];
}

/** To the folder above, with the one that was left selected. */
export function goUp(state: State): readonly Intent[] {
  const { path } = selectFiles(state).view;
  return path === '/' ? [] : [openFolder(folderOf(path), nameOf(path))];
}

function sortNext(state: State): readonly Intent[] {
  const sort = (selectFiles(state).view.sort + 1) % FILE_SORTINGS.length;
  return [look({ sort }), notice(state, `Sorted by ${FILE_SORTINGS[sort]!.title}`)];
}

function openFilter(state: State): readonly Intent[] {
  const before = selectFiles(state).view.filter;
  return openOverlay({ kind: 'filter', of: 'files', input: lineInput(before), before });
}

function copyOut(state: State): readonly Intent[] {
  const at = selected(state);
  if (at === null) return [];
  const source = sourceAt(state, at.path, at.entry);
  return source === null ? [] : askForm(state, { kind: 'copy-out', source });
}

function copyIn(state: State): readonly Intent[] {
  const into = sourceAt(state, selectFiles(state).view.path, null);
  return into === null ? [] : askForm(state, { kind: 'copy-in', into });
}

function copyPath(state: State): readonly Intent[] {
  const at = selected(state);
  return at === null ? [] : [{ effect: { do: 'copy', text: at.path, what: shownPath(at.path) } }];
}

function readAgain(state: State): readonly Intent[] {
  const { of, view } = selectFiles(state);
  return of === '' ? [] : [{ event: { type: 'folder-changed', of, path: view.path } }];
}

function stopReading(state: State): readonly Intent[] {
  const { of, reading } = selectFiles(state);
  return reading === null ? [] : [{ event: { type: 'folder-stopped', of } }];
}

const action = actionsOf('files');

const page = (state: State): number => Math.max(1, detailSize(state).rows - 2);
const move = (id: string, title: string, keys: readonly string[], by: (state: State) => number): Action =>
  action(id, title, keys, (state) => moveFile(state, by(state)), { moves: true });
const notAnImage = (state: State): string =>
  state.subject === 'image' ? 'An image cannot be changed: run a container from it.' : '';

export const FILES_ACTIONS: readonly Action[] = [
  move('up', 'Up', ['up', 'k'], () => -1),
  move('down', 'Down', ['down', 'j'], () => 1),
  move('page-up', 'A page up', ['pgup', 'ctrl-b'], (state) => -page(state)),
  move('page-down', 'A page down', ['pgdn', 'ctrl-f', 'space'], page),
  move('top', 'To the top', ['home', 'g'], () => -Infinity),
  move('bottom', 'To the bottom', ['end', 'G'], () => Infinity),
  action('open', 'Open the folder, or read the file', ['enter'], openSelected, { short: 'open' }),
  action('parent', 'To the folder above', ['backspace', 'h'], goUp, { short: 'up' }),
  action('copy-out', 'Copy to this machine', ['c'], copyOut, { short: 'copy out' }),
  action('copy-in', 'Copy a file of this machine into this folder', ['p'], copyIn, {
    short: 'copy in',
    unavailable: notAnImage,
  }),
  action('filter', 'Filter', ['/'], openFilter, { short: 'filter' }),
  action('sort', 'Sort by the next of name, size and age', ['o'], sortNext),
  action('copy-path', 'Copy the path', ['y'], copyPath),
  action('stop', 'Stop reading', ['x'], stopReading, {
    unavailable: (state) => (selectFiles(state).reading === null ? 'Nothing is being read.' : ''),
  }),
  action('again', 'Read the folder again', ['r'], readAgain),
];
