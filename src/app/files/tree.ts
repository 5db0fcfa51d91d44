import type { FileHandle } from 'node:fs/promises';
import { exactBytes } from '../../engine/tar/exact-text.ts';
import type { TarEntry } from '../../engine/tar/tar-entry.ts';

/** What was left out, and why. */
export type LeftOut = { name: string; why: string };

/** What has been written from an archive so far; paths are below `place`, which itself is ''. */
export type Tree = {
  /** Where the topmost entry goes. Nothing was there, and nobody else writes there. */
  place: string;
  /** How the names in the archive begin, which is the first one's business; '' for the archive of a whole place. */
  root: string | null;
  made: Map<string, 'file' | 'folder' | 'link'>;
  /** Made when everything else is there: no entry can go through one. */
  links: { path: string; target: string }[];
  /** They get their permissions at the end, as one may not be written to. */
  folders: { path: string; entry: TarEntry }[];
  leftOut: LeftOut[];
  files: number;
  open: { handle: FileHandle; path: string; entry: TarEntry } | null;
};

export function newTree(place: string): Tree {
  return { place, root: null, made: new Map(), links: [], folders: [], leftOut: [], files: 0, open: null };
}

/** The path on the disk, whose bytes may be no UTF-8. */
export function onDisk({ place }: Tree, path: string): Buffer {
  return exactBytes(path === '' ? place : `${place}/${path}`);
}
