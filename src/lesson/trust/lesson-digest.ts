import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanText } from '../../engine/clean-text.ts';

/** More than any lesson needs; a folder with more is hardly one lesson, and would be read for minutes. */
const FILES = 2_000;
const BYTES = 64 * 1024 * 1024;

/** Why a folder has no digest that could be trusted. The message is for the person. */
export class NoDigest extends Error {
  override name = 'NoDigest';
}

/**
 * A digest of all files of a lesson's folder, with their names: it changes with every change that could make the
 * lesson do something else. Throws `NoDigest` where a link leads elsewhere, or there is too much.
 */
export async function lessonDigest(folder: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const path of await filesOf(folder)) {
    signal?.throwIfAborted();
    bytes += (await stat(join(folder, path))).size;
    if (bytes > BYTES) throw new NoDigest(`The folder holds more than ${BYTES / 1024 / 1024} MB.`);
    const content = await readFile(join(folder, path));
    // Lengths keep two files from being taken for one with a longer name.
    hash.update(`${Buffer.byteLength(path)}:${path}:${content.length}:`).update(content);
  }
  return hash.digest('hex');
}

/** Relative paths in an order that is the same everywhere. */
async function filesOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  const left = [''];
  for (let below = left.pop(); below !== undefined; below = left.pop()) {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = join(below, entry.name);
      // The history of a clone changes by itself, and nothing of it is run.
      if (path === '.git') continue;
      if (entry.isDirectory()) left.push(path);
      else if (entry.isFile()) found.push(path);
      else
        throw new NoDigest(
          `${cleanText(path)} is a link or no file, so what it leads to could change unseen.`,
        );
      if (found.length + left.length > FILES)
        throw new NoDigest(`The folder holds more than ${FILES} files.`);
    }
  }
  return found.toSorted((a, b) => (a < b ? -1 : 1));
}
