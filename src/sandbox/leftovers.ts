import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeCgroup } from './cgroup.ts';
import { hasCode } from './has-code.ts';
import { isRoot } from './namespaced-process.ts';
import type { Places } from './places.ts';
import { removeOwned } from './remove-owned.ts';

/**
 * Removes what a keeper that was killed has left: sockets, process ids, cgroups, discarded data. Only called by a keeper
 * that holds the lock, so that nothing it finds is in use.
 */
export async function clearLeftovers(places: Places): Promise<void> {
  await endStrayEngines(places);
  await unmountBelow(places.state);
  if (isRoot()) await removeCgroup(places.name);
  for (const entry of await readdir(places.run)) await removeOwned(join(places.run, entry));
  for (const entry of await readdir(places.state))
    if (entry.startsWith('data-discarded-')) await removeOwned(join(places.state, entry));
}

/** The kernel ends an engine with its keeper; this one is for the moment in which it is still at it. */
async function endStrayEngines(places: Places): Promise<void> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const strays = await enginesOf(places.data);
    if (strays.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(`an engine on ${places.data} does not end (process ${strays.join(', ')})`);
    for (const pid of strays) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if (!hasCode(error, 'ESRCH')) throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Processes that were started with this data folder: `unshare`, the shell inside it and the engine. */
async function enginesOf(data: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const words = (await readFile(`/proc/${entry}/cmdline`, 'utf8')).split('\0');
      // dockerd's is the folder itself, podman's folders lie in it.
      const isIn = words.some((word) => word === data || word.startsWith(`${data}/`));
      if (isIn && words.some((word) => word === '--data-root' || word === '--root'))
        found.push(Number(entry));
    } catch (error) {
      // Ended while we were looking.
      if (!hasCode(error, 'ENOENT', 'ESRCH')) throw error;
    }
  }
  return found;
}

/** Only there when mounts of an engine have spread to us, which private propagation prevents. */
async function unmountBelow(folder: string): Promise<void> {
  const lines = (await readFile('/proc/self/mounts', 'utf8')).split('\n');
  const below = lines.map((line) => line.split(' ')[1] ?? '').filter((path) => path.startsWith(`${folder}/`));
  for (const path of below.toReversed()) await promisify(execFile)('umount', ['--lazy', path]);
}
