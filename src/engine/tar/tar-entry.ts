import type { EntryType } from '../layers/layer.ts';
import { paxNumber, type PaxRecords } from './pax-records.ts';
import { tarError } from './tar-error.ts';
import type { TarHeader } from './tar-header.ts';

/** What an archive says of one path, exactly as it says it: a name may be absolute, lead upwards, or be no UTF-8 (`exactText`). */
export type TarEntry = {
  name: string;
  type: EntryType;
  /** Bytes of the file's content; 0 for what is no file. */
  size: number;
  /** Bytes in the archive that follow; fewer than `size` for a file with holes. */
  stored: number;
  mode: number;
  uid: number;
  gid: number;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  /** Of a link and a hard link, as it is written. */
  target: string;
};

/** What stood before an entry's own header and says more of it. */
export type Before = {
  /** Of the whole archive, and of this entry. */
  global: PaxRecords;
  local: PaxRecords;
  /** From GNU headers; null where there was none. */
  longName: string | null;
  longTarget: string | null;
};

const TYPES: Readonly<Record<string, EntryType>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hard-link',
  '2': 'link',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'folder',
  '6': 'pipe',
  '7': 'file',
  S: 'file',
  // GNU: a folder with a list of what is in it.
  D: 'folder',
};
/** Nothing follows these, whatever size they state (so does Go's archive/tar, with which engines read). */
const BODILESS = /[1-6]/;

/** Null for what is no path: volume labels and the like. */
export function tarEntry(header: TarHeader, before: Before): TarEntry | null {
  const type = TYPES[header.flag];
  if (type === undefined) return null;
  const { local, global, longName, longTarget } = before;
  const text = (key: string): string | null =>
    local.get(key) || (local.has(key) ? null : global.get(key) || null);
  const number = (key: string): number | null => paxNumber(local.has(key) ? local : global, key);
  const name = text('GNU.sparse.name') ?? text('path') ?? longName ?? header.name;
  const stored = storedBytes(header, before);
  const isFolder = type === 'folder' || (header.flag === '\0' && name.endsWith('/'));
  return {
    name,
    type: isFolder ? 'folder' : type,
    size: type === 'file' && !isFolder ? (realSize(header, before) ?? stored) : 0,
    stored,
    mode: header.mode & 0o7777,
    uid: number('uid') ?? header.uid,
    gid: number('gid') ?? header.gid,
    modifiedAt: milliseconds(number('mtime') ?? header.modified),
    target: type === 'link' || type === 'hard-link' ? (text('linkpath') ?? longTarget ?? header.target) : '',
  };
}

/** Bytes that follow an entry's header. */
export function storedBytes({ flag, size }: TarHeader, { local, global }: Before): number {
  if (BODILESS.test(flag)) return 0;
  const stored = paxNumber(local.has('size') ? local : global, 'size') ?? size;
  if (!Number.isSafeInteger(stored) || stored < 0) throw tarError('the size of an entry is no number');
  return stored;
}

/** Of a file with holes (GNU tar manual, “Storing Sparse Files”: the old format, and pax 0.0, 0.1 and 1.0). */
function realSize({ flag, realSize: size }: TarHeader, { local }: Before): number | null {
  if (flag === 'S') return size;
  return paxNumber(local, 'GNU.sparse.realsize') ?? paxNumber(local, 'GNU.sparse.size');
}

/** Rounded down, but not because 1.001 × 1000 is a little less than 1001. */
function milliseconds(seconds: number): number {
  return Math.floor(Math.round(seconds * 1e6) / 1000);
}
