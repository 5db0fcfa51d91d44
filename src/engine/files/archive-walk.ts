import { posix } from 'node:path';
import type { TarEntry } from '../tar/tar-entry.ts';
import { tarReader, type TarReader } from '../tar/tar-reader.ts';
import type { FileEntry } from './file-entry.ts';

/** Folders of an archive as they become known, by absolute path. */
export type ArchiveWalk = {
  reader: TarReader;
  folders: ReadonlyMap<string, readonly FileEntry[]>;
  entries(): number;
  /** Whether there was one more than may be. */
  isFull(): boolean;
  /** Takes out the folders of which something may still come. */
  dropOpen(): void;
};

/** @param root the folder whose archive it is, asked for with `/.` at its end: names in it are relative to that */
export function archiveWalk(root: string, most: number, { hasOwners }: { hasOwners: boolean }): ArchiveWalk {
  const folders = new Map<string, FileEntry[]>([[root, []]]);
  /** A hard link is the same file once more: it has the size of the name that came before it. */
  const sizes = new Map<string, number>();
  let count = 0;
  let last = root;
  let isFull = false;
  const reader = tarReader((entry) => {
    const path = pathOf(root, entry.name);
    if (path === root) return undefined;
    if (isFull) return undefined;
    last = path;
    isFull = count === most;
    if (isFull) return undefined;
    count += 1;
    const size = entry.type === 'hard-link' ? (sizes.get(pathOf(root, entry.target)) ?? 0) : entry.size;
    if (entry.type === 'file') sizes.set(path, size);
    const made = fileEntry(entry, path, size);
    add(folders, path, hasOwners ? made : { ...made, uid: null, gid: null });
    return undefined;
  });
  return {
    reader,
    folders,
    entries: () => count,
    isFull: () => isFull,
    dropOpen() {
      // Engines walk one folder to its end before they go on to the next.
      for (let path = last; path !== root; path = posix.dirname(path)) folders.delete(path);
    },
  };
}

function pathOf(root: string, name: string): string {
  // A name that leads upwards stays below the root: it is only a list.
  return posix.resolve(root, `.${posix.resolve('/', name)}`);
}

function add(folders: Map<string, FileEntry[]>, path: string, entry: FileEntry): void {
  const parent = posix.dirname(path);
  const siblings = folders.get(parent);
  if (siblings === undefined) folders.set(parent, [entry]);
  else siblings.push(entry);
  if (entry.type === 'folder' && !folders.has(path)) folders.set(path, []);
}

function fileEntry(entry: TarEntry, path: string, size: number): FileEntry {
  const { type, mode, uid, gid, modifiedAt, target } = entry;
  const name = posix.basename(path);
  return type === 'hard-link'
    ? { name, type: 'file', size, mode, uid, gid, modifiedAt, target: '' }
    : { name, type, size, mode, uid, gid, modifiedAt, target };
}
