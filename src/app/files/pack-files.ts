import type { Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { packTar, type TarSource } from 'modern-tar/fs';
import { EngineError } from '../../engine/errors.ts';
import { diskError } from './disk-error.ts';
import { shownPath } from '../../model/shown-path.ts';

export type Packed = {
  archive: Readable;
  name: string;
  files: number;
  /** Bytes of content. */
  size: number;
  /** Pipes, sockets and devices. */
  leftOut: readonly string[];
};

/**
 * A file or a folder of the person's disk as an archive, read as it is sent. All of it belongs to root, as with
 * `docker cp` without `-a`; links stay links, but for the one that was named. Changes while it is read are an error.
 */
export async function packFiles(path: string, signal: AbortSignal): Promise<Packed> {
  const name = basename(path);
  if (name === '') throw new EngineError('rejected', 'the root of this machine is not to be copied whole');
  const found: Found = { sources: [], files: 0, size: 0, leftOut: [] };
  try {
    const real = await realpath(path);
    await walk(found, real, name, await lstat(real), signal);
  } catch (cause) {
    throw diskError(cause, path);
  }
  if (found.sources.length === 0)
    throw new EngineError('rejected', `${shownPath(path)} is neither a file nor a folder`);
  const archive = packTar(found.sources, {
    map: (header) => ({ ...header, uid: 0, gid: 0, uname: '', gname: '' }),
  });
  return { archive, name, files: found.files, size: found.size, leftOut: found.leftOut };
}

type Found = { sources: TarSource[]; files: number; size: number; leftOut: string[] };

async function walk(
  found: Found,
  path: string,
  target: string,
  stats: Stats,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) throw new EngineError('cancelled', 'cancelled');
  if (stats.isDirectory()) {
    found.sources.push({ type: 'directory', source: path, target });
    for (const name of await readdir(path)) {
      const inside = join(path, name);
      await walk(found, inside, `${target}/${name}`, await lstat(inside), signal);
    }
    return;
  }
  if (!stats.isFile() && !stats.isSymbolicLink()) {
    found.leftOut.push(target);
    return;
  }
  found.sources.push({ type: 'file', source: path, target });
  found.files += 1;
  found.size += stats.isFile() ? stats.size : 0;
}
