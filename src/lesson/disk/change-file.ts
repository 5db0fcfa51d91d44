import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive, withLock } from './file-lock.ts';

const queues = new Map<string, Promise<unknown>>();

/**
 * Runs a task that reads a file and writes it anew, while no other Slipway changes the same file; here in the order of the
 * calls. The folder is made where it is missing.
 */
export function changeFile<T>(file: string, task: () => Promise<T>): Promise<T> {
  const before = queues.get(file) ?? Promise.resolve();
  const changed = before.then(() => changeAlone(file, task));
  // Whoever asked for a change hears that it failed; the one after it is tried all the same.
  queues.set(
    file,
    changed.catch(() => undefined),
  );
  return changed;
}

async function changeAlone<T>(file: string, task: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return withLock(`${file}.lock`, async () => {
    const result = await task();
    await sweep(file);
    return result;
  });
}

/** What processes that were killed in the middle of a write have left. */
async function sweep(file: string): Promise<void> {
  const pattern = /^\.(?:tmp|lock)-(\d+)-/;
  for (const name of await readdir(dirname(file))) {
    if (!name.startsWith(basename(file))) continue;
    const owner = pattern.exec(name.slice(basename(file).length))?.[1];
    if (owner !== undefined && !isAlive(owner)) await rm(join(dirname(file), name), { force: true });
  }
}
