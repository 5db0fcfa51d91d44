import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { LayerCache } from '../../engine/layers/layer.ts';
import { isDiskError } from '../../lesson/disk/is-disk-error.ts';

import { layerFromText, layerText, stepsFromText, stepsText } from './cached-text.ts';
import { trimFolder } from './trim-folder.ts';
import { writeUnsynced } from './write-unsynced.ts';

/** Bytes on the disk; a layer of 10,000 files takes about 200 kB. */
const MOST_BYTES = 200_000_000;
/** Fast rather than small: what is kept is read again while somebody waits. */
const LEVEL = 3;

type Env = Readonly<Record<string, string | undefined>>;

/** Below `$XDG_CACHE_HOME`, or `~/.cache`. */
export function layersFolder(env: Env, home: string): string {
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'slipway', 'layers');
}

/**
 * One file for each layer and each image, written whole or not at all. What is not readable counts as not there and is
 * written anew; a disk that takes nothing costs the next look its speed, and no more.
 */
export function layerCache(folder: string, most = MOST_BYTES): LayerCache {
  return {
    get: async (diffId) => {
      const text = await textIn(folder, 'layer', diffId);
      return text === null ? null : layerFromText(text, diffId);
    },
    put: (layer) => keep(folder, 'layer', layer.diffId, () => layerText(layer)),
    getSteps: async (imageId) => {
      const text = await textIn(folder, 'steps', imageId);
      return text === null ? null : stepsFromText(text);
    },
    putSteps: async (imageId, steps) => {
      await keep(folder, 'steps', imageId, () => stepsText(steps));
      // Once for each image that was read.
      await unlessDiskSaysNo(() => trimFolder(folder, most));
    },
  };
}

async function textIn(folder: string, kind: string, id: string): Promise<string | null> {
  const file = fileOf(folder, kind, id);
  if (file === null) return null;
  return unlessDiskSaysNo(async () => {
    const text = await promisify(gunzip)(await readFile(file));
    const now = new Date();
    await utimes(file, now, now);
    return text.toString('utf8');
  });
}

async function keep(folder: string, kind: string, id: string, text: () => string): Promise<void> {
  const file = fileOf(folder, kind, id);
  if (file === null) return;
  await unlessDiskSaysNo(async () => {
    await writeUnsynced(file, await promisify(gzip)(text(), { level: LEVEL }));
  });
}

/** Null for an id that is none: it becomes the name of a file. */
function fileOf(folder: string, kind: string, id: string): string | null {
  const digest = /^(?:sha256:)?([0-9a-f]{64})$/.exec(id)?.[1];
  return digest === undefined ? null : join(folder, `${kind}-${digest}.gz`);
}

async function unlessDiskSaysNo<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (isDiskError(error) || isDamage(error)) return null;
    throw error;
  }
}

/** What zlib says of bytes that it did not write. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
