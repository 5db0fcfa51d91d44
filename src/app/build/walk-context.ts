import { isUtf8 } from 'node:buffer';
import { constants, type Stats } from 'node:fs';
import { access, lstat, readdir, readlink } from 'node:fs/promises';
import { judgePath, mayHoldExceptions, type FolderMatches } from '../../engine/build/keeps-out.ts';
import type { WrittenEntry } from '../../engine/tar/header-bytes.ts';
import type { BuildContext, ContextEntry, LeftOut } from './context.ts';
import { diskProblem } from './disk-problem.ts';

export type WalkOptions = {
  signal: AbortSignal;
  /** Counts what is left out, too, which a build does not need to know. */
  countLeftOut: boolean;
};

export type Found = { kept: ContextEntry } | { leftOut: LeftOut };

type Place = { bytes: Buffer; path: string; matches: FolderMatches };

const SLASH = Buffer.from('/');
/** What the disk is asked for at a time: one by one, 100,000 files take twice as long. */
const SIDE_BY_SIDE = 64;
const READABLE_BY_ALL = 0o444;

/**
 * Everything in the folder of a build, in the order of its bytes as the docker client walks it. Links are links, and are not
 * followed. What cannot be read throws, before anything of it is sent.
 */
export async function* walkContext(
  context: BuildContext,
  options: WalkOptions,
): AsyncGenerator<Found, void, undefined> {
  const root = Buffer.from(context.folder);
  const at = (bytes: Buffer): Buffer => (bytes.length === 0 ? root : Buffer.concat([root, SLASH, bytes]));
  yield* walkFolder({ bytes: Buffer.alloc(0), path: '', matches: [] });

  async function* walkFolder(place: Place): AsyncGenerator<Found, void, undefined> {
    const paths = (await namesIn(at(place.bytes))).map((name) =>
      place.path === '' ? name : Buffer.concat([place.bytes, SLASH, name]),
    );
    for (let from = 0; from < paths.length; from += SIDE_BY_SIDE) {
      options.signal.throwIfAborted();
      const some = paths.slice(from, from + SIDE_BY_SIDE);
      const stats = await Promise.all(some.map((bytes) => lstat(at(bytes)).catch(refused(textOf(bytes)))));
      for (const [i, bytes] of some.entries()) yield* walkEntry(place, bytes, stats[i]!);
    }
  }

  async function* walkEntry(
    parent: Place,
    bytes: Buffer,
    stats: Stats,
  ): AsyncGenerator<Found, void, undefined> {
    const path = textOf(bytes);
    const { by, matches } = judgePath(context.rules, path, parent.matches);
    const isFolder = stats.isDirectory();
    if (by !== null) {
      if (isFolder && mayHoldExceptions(context.rules, path))
        return yield* walkFolder({ bytes, path, matches });
      const sum = options.countLeftOut
        ? await sumOf(at(bytes), stats, options.signal)
        : { files: 0, bytes: 0 };
      return yield { leftOut: { path: isFolder ? `${path}/` : path, by, ...sum } };
    }
    const entry = await entryOf(bytes, stats, at(bytes)).catch(refused(path));
    if (entry === null) return yield { leftOut: { path, by: null, files: 1, bytes: 0 } };
    yield { kept: { path, entry } };
    if (isFolder) yield* walkFolder({ bytes, path, matches });
  }
}

function refused(path: string): (error: unknown) => never {
  return (error) => {
    throw diskProblem(error, path, 'It has gone while the folder was read.');
  };
}

async function namesIn(folder: Buffer): Promise<Buffer[]> {
  const names = await readdir(folder, { encoding: 'buffer' }).catch(refused(textOf(folder)));
  return names.toSorted((a, b) => a.compare(b));
}

/** Null for what no archive is to hold. */
async function entryOf(path: Buffer, stats: Stats, full: Buffer): Promise<WrittenEntry | null> {
  const common = {
    path,
    mode: stats.mode & 0o7777,
    modifiedAt: stats.mtimeMs,
    size: 0,
    target: Buffer.alloc(0),
  };
  if (stats.isDirectory()) return { ...common, type: 'folder' };
  if (stats.isSymbolicLink()) return { ...common, type: 'link', target: await readlink(full, 'buffer') };
  if (!stats.isFile()) return null;
  if ((stats.mode & READABLE_BY_ALL) !== READABLE_BY_ALL) await access(full, constants.R_OK);
  return { ...common, type: 'file', size: stats.size };
}

/** Files and bytes of what is left out; what cannot be read there is nobody's concern. */
async function sumOf(
  full: Buffer,
  stats: Stats,
  signal: AbortSignal,
): Promise<{ files: number; bytes: number }> {
  if (!stats.isDirectory()) return { files: 1, bytes: stats.isFile() ? stats.size : 0 };
  const sum = { files: 0, bytes: 0 };
  const names = await readdir(full, { encoding: 'buffer' }).catch(() => []);
  for (const name of names) {
    signal.throwIfAborted();
    const below = Buffer.concat([full, SLASH, name]);
    const found = await lstat(below).catch(() => null);
    if (found === null) continue;
    const { files, bytes } = await sumOf(below, found, signal);
    sum.files += files;
    sum.bytes += bytes;
  }
  return sum;
}

/** For patterns and people; where the bytes are not UTF-8, a character for each of them. */
function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
