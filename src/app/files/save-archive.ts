import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { EngineError } from '../../engine/errors.ts';
import { diskError } from './disk-error.ts';
import { beginWhole } from './begin-entry.ts';
import { newTree, type LeftOut } from './tree.ts';
import { unpackArchive } from './unpack-archive.ts';

export type Saved = { files: number; bytes: number; leftOut: readonly LeftOut[] };

/**
 * Writes the archive of a file or a folder under a name that nobody knows, beside `target`, and renames it when all of
 * it is there: whatever happens, the final name never means a half. Owners are the person, as for every new file.
 * @param isWhole the archive is that of a whole place, with no name of its own
 */
export async function saveArchive(
  archive: Readable,
  {
    isWhole,
    target,
    overwrite,
    onBytes,
  }: {
    isWhole: boolean;
    target: string;
    overwrite: boolean;
    onBytes: (bytes: number) => void;
  },
): Promise<Saved> {
  // Short: with a long name beside it this one would be too long for the disk.
  const place = join(dirname(target), `.slipway-${randomBytes(6).toString('hex')}`);
  const tree = newTree(place);
  try {
    if (isWhole) await beginWhole(tree);
    let bytes = 0;
    await unpackArchive(archive, tree, (count) => {
      bytes += count;
      onBytes(count);
    });
    if (!overwrite) await checkNothing(target);
    await rename(place, target);
    await syncFolder(dirname(target));
    return { files: tree.files, bytes, leftOut: tree.leftOut };
  } catch (cause) {
    await rm(place, { recursive: true, force: true });
    const error = diskError(cause, target);
    throw error instanceof EngineError ? renamed(error, place, target) : error;
  }
}

/** Nobody is to read of the name that nobody knows. */
function renamed(error: EngineError, place: string, target: string): EngineError {
  if (!error.message.includes(basename(place))) return error;
  const message = error.message.replaceAll(place, target);
  return new EngineError(error.kind, message, { advice: error.advice, cause: error });
}

/** Somebody may have made it while we were copying. */
async function checkNothing(target: string): Promise<void> {
  const found = await lstat(target).catch(() => null);
  if (found !== null)
    throw new EngineError('conflict', `${target} was made meanwhile`, { advice: 'Nothing was overwritten.' });
}

/** The rename itself is kept by its folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
