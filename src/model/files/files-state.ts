import type { FolderTree, Place } from '../../engine/files/engine-files.ts';
import type { FileEntry } from '../../engine/files/file-entry.ts';
import type { Mount } from '../../engine/objects.ts';

/** How a place is looked at. */
export type FilesView = {
  /** The folder in view, absolute within the place. */
  path: string;
  /** Name of the selected entry; where it is gone, the row at `index` is selected. */
  selected: string;
  index: number;
  filter: string;
  sort: number;
};

/** The files of one container, image or volume: what has been read of them, and what is looked at. */
export type Files = {
  /** Which one, `container abc`; empty before the first. */
  of: string;
  view: FilesView;
  folders: FolderTree['folders'];
  /** Folders that were not read to their end. */
  cut: ReadonlySet<string>;
  mounts: readonly Mount[];
  reading: Reading | null;
  failed: { path: string; why: string; advice: string } | null;
  /** Goes up when something is to be read again. */
  asked: number;
};

export type Reading = { path: string; entries: number; bytes: number; listed: readonly FileEntry[] };

export type FilesEvent =
  | { type: 'files-opened'; of: string }
  | { type: 'folder-progressed'; of: string; reading: Reading }
  | { type: 'folder-read'; of: string; path: string; tree: FolderTree }
  | { type: 'folder-failed'; of: string; path: string; why: string; advice: string }
  /** The person has seen enough: what is known by now is what there is. */
  | { type: 'folder-stopped'; of: string }
  /** It is not any more what was read of it, or is to be read again; with it everything below. */
  | { type: 'folder-changed'; of: string; path: string }
  | { type: 'files-looked-at'; view: Partial<FilesView> };

const AT_ROOT: FilesView = { path: '/', selected: '', index: 0, filter: '', sort: 0 };

export const NO_FILES: Files = {
  of: '',
  view: AT_ROOT,
  folders: new Map(),
  cut: new Set(),
  mounts: [],
  reading: null,
  failed: null,
  asked: 0,
};

/** `container abc` as a place. */
export function placeOf(of: string): Place {
  const [kind = '', id = ''] = of.split(' ');
  if (kind === 'volume') return { of: 'volume', name: id };
  return { of: kind === 'image' ? 'image' : 'container', id };
}
