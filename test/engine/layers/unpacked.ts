import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** What a path is on the disk. Keys and targets are bytes as latin1, so that nothing is lost. */
export type Seen = {
  type: string;
  size: number;
  mode: number;
  uid: number;
  gid: number;
  modifiedAt: number;
  target: string;
  content: string;
  inode: number;
};

export type Stage = {
  before: ReadonlyMap<string, Seen>;
  after: ReadonlyMap<string, Seen>;
  /** Paths that the layer's own archive holds. */
  written: ReadonlySet<string>;
};

export type Reckoning = {
  /** For each layer, the file system before and after it. */
  stages: readonly Stage[];
  total: number;
  reached: number;
  /** Bytes by the path they were written to, and by the layer that made them useless. */
  wasted: ReadonlyMap<string, number>;
  blamed: readonly number[];
};

/**
 * The reckoning that ours has to agree with: layers unpacked by the system's tar, put on top of each other as files on a
 * disk, looked at with lstat. What is taken out is put aside, so that no inode number comes twice. Needs root.
 */
export function unpackLayers(archives: readonly Buffer[]): Reckoning {
  const place = mkdtempSync(join(tmpdir(), 'slipway-unpacked-'));
  try {
    return reckon(archives, place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function reckon(archives: readonly Buffer[], place: string): Reckoning {
  const merged = bytesOf(join(place, 'merged'));
  const aside = join(place, 'aside');
  mkdirSync(merged);
  mkdirSync(aside);
  const known = new Map<number, { size: number; path: string; isLost: boolean }>();
  const stages: Stage[] = [];
  const wasted = new Map<string, number>();
  const blamed = archives.map(() => 0);
  let before: ReadonlyMap<string, Seen> = new Map();
  for (const [at, archive] of archives.entries()) {
    const layer = join(place, `layer-${at}`);
    mkdirSync(layer);
    execFileSync('tar', ['-xpf', '-', '--numeric-owner', '--same-owner', '-C', layer], {
      input: archive,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // A second name of a file is one of the layer's, whichever comes first in the folder.
    const firstNames = namesIn(archive);
    const written = lay(bytesOf(layer), merged, (from) =>
      renameSync(from, join(aside, String(known.size + Math.random()))),
    );
    const after = look(merged);
    const present = new Set([...after.values()].map(({ inode }) => inode));
    for (const [path, { type, inode, size }] of after)
      if (type === 'file' && !known.has(inode)) {
        const names = [...after].filter(([, seen]) => seen.inode === inode).map(([name]) => name);
        const first = firstNames.find((name) => names.includes(name)) ?? path;
        known.set(inode, { size, path: first, isLost: false });
      }
    for (const [inode, one] of known) {
      if (present.has(inode) || one.isLost) continue;
      one.isLost = true;
      blamed[at]! += one.size;
      if (one.size > 0) wasted.set(one.path, (wasted.get(one.path) ?? 0) + one.size);
    }
    stages.push({ before, after, written });
    before = after;
  }
  const all = [...known.values()];
  const total = all.reduce((sum, { size }) => sum + size, 0);
  const reached = all.reduce((sum, { size, isLost }) => sum + (isLost ? 0 : size), 0);
  return { stages, total, reached, wasted, blamed };
}

/** In the order of the archive, for which of two names of a file was the first. */
function namesIn(archive: Buffer): string[] {
  const listed = execFileSync('tar', ['-tf', '-', '--quoting-style=literal'], {
    input: archive,
    encoding: 'latin1',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return listed.split('\n').map((name) => name.replace(/^\.?\/+/, ''));
}

const bytesOf = (path: string): Buffer => Buffer.from(path);
const below = (folder: Buffer, name: Buffer): Buffer => Buffer.concat([folder, Buffer.from('/'), name]);
const isThere = (path: Buffer): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** First what a layer takes away, everywhere, and then what it brings. */
function lay(layer: Buffer, merged: Buffer, putAside: (path: Buffer) => void): Set<string> {
  const written = new Set<string>();
  takeAway(layer, merged, putAside);
  bring(layer, merged, '', written, putAside);
  return written;
}

function takeAway(layer: Buffer, merged: Buffer, putAside: (path: Buffer) => void): void {
  for (const name of readdirSync(layer, { encoding: 'buffer' })) {
    const text = name.toString('latin1');
    const target = below(merged, text.startsWith('.wh.') ? name.subarray(4) : name);
    if (text === '.wh..wh..opq') {
      if (isFolder(merged))
        for (const child of readdirSync(merged, { encoding: 'buffer' })) putAside(below(merged, child));
    } else if (text.startsWith('.wh.')) {
      if (isFolder(merged) && isThere(target)) putAside(target);
    } else if (lstatSync(below(layer, name)).isDirectory()) takeAway(below(layer, name), target, putAside);
  }
}

function isFolder(path: Buffer): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function bring(
  layer: Buffer,
  merged: Buffer,
  path: string,
  written: Set<string>,
  putAside: (path: Buffer) => void,
): void {
  for (const name of readdirSync(layer, { encoding: 'buffer' })) {
    if (name.toString('latin1').startsWith('.wh.')) continue;
    const [from, to] = [below(layer, name), below(merged, name)];
    const stat = lstatSync(from);
    const full = path === '' ? name.toString('latin1') : `${path}/${name.toString('latin1')}`;
    written.add(full);
    if (isThere(to) && !(stat.isDirectory() && isFolder(to))) putAside(to);
    if (!stat.isDirectory()) {
      renameSync(from, to);
      continue;
    }
    if (!existsSync(to)) mkdirSync(to);
    lchownSync(to, stat.uid, stat.gid);
    chmodSync(to, stat.mode & 0o7777);
    bring(from, to, full, written, putAside);
  }
}

function look(folder: Buffer, path = '', seen = new Map<string, Seen>()): Map<string, Seen> {
  for (const name of readdirSync(folder, { encoding: 'buffer' })) {
    const full = below(folder, name);
    const key = path === '' ? name.toString('latin1') : `${path}/${name.toString('latin1')}`;
    const stat = lstatSync(full);
    seen.set(key, seenAs(full, stat));
    if (stat.isDirectory()) look(full, key, seen);
  }
  return seen;
}

function seenAs(full: Buffer, stat: Stats): Seen {
  const type = typeOf(stat);
  const isFile = type === 'file';
  return {
    type,
    size: isFile ? stat.size : 0,
    mode: stat.mode & 0o7777,
    uid: stat.uid,
    gid: stat.gid,
    modifiedAt: Math.floor(stat.mtimeMs),
    target: type === 'link' ? readlinkSync(full, { encoding: 'buffer' }).toString('latin1') : '',
    content:
      isFile && stat.size > 0 ? `crc32:${crc32(readFileSync(full)).toString(16).padStart(8, '0')}` : '',
    inode: stat.ino,
  };
}

function typeOf(stat: Stats): string {
  if (stat.isDirectory()) return 'folder';
  if (stat.isSymbolicLink()) return 'link';
  if (stat.isFIFO()) return 'pipe';
  if (stat.isCharacterDevice()) return 'character-device';
  return stat.isBlockDevice() ? 'block-device' : 'file';
}
