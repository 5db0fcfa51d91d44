import { mkdir, readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { hasCode } from './has-code.ts';

/** For all containers of one engine together: bytes, and processes and threads. */
export type Limits = { memory: number; pids: number };

export type Usage = { memory: number | null; pids: number | null };

/** Half of the machine, so that whatever a container does the rest stays usable. */
export function defaultLimits(): Limits {
  const machine = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return { memory: Math.max(256 * 1024 ** 2, Math.floor(machine / 2)), pids: 2048 };
}

type Hierarchy = { root: string; version: 1 | 2; controllers: readonly string[] };

async function hierarchies(): Promise<Hierarchy[]> {
  const found: Hierarchy[] = [];
  for (const line of (await readFile('/proc/mounts', 'utf8')).split('\n')) {
    const [, root = '', type, options = ''] = line.split(' ');
    if (type === 'cgroup') found.push({ root, version: 1, controllers: options.split(',') });
    if (type === 'cgroup2') {
      const controllers = (await readFile(join(root, 'cgroup.controllers'), 'utf8')).trim().split(' ');
      found.push({ root, version: 2, controllers });
    }
  }
  return found;
}

const FILES = {
  memory: {
    1: { limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes' },
    2: { limit: 'memory.max', usage: 'memory.current' },
  },
  pids: { 1: { limit: 'pids.max', usage: 'pids.current' }, 2: { limit: 'pids.max', usage: 'pids.current' } },
} as const;

/** Makes the parent cgroup of an engine's containers and sets its limits; says which of them could not be set, and why. */
export async function makeCgroup(name: string, limits: Limits): Promise<string[]> {
  const all = await hierarchies();
  const unlimited: string[] = [];
  for (const what of ['memory', 'pids'] as const) {
    const where = all.find((hierarchy) => hierarchy.controllers.includes(what));
    if (!where) {
      unlimited.push(`no ${what} limit: this kernel offers no ${what} controller`);
      continue;
    }
    try {
      if (where.version === 2) await writeFile(join(where.root, 'cgroup.subtree_control'), `+${what}`);
      await mkdir(join(where.root, name), { recursive: true });
      await writeFile(join(where.root, name, FILES[what][where.version].limit), String(limits[what]));
    } catch (error) {
      unlimited.push(`no ${what} limit: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return unlimited;
}

export async function cgroupUsage(name: string): Promise<Usage> {
  const all = await hierarchies();
  const read = async (what: 'memory' | 'pids') => {
    const where = all.find((hierarchy) => hierarchy.controllers.includes(what));
    if (!where) return null;
    try {
      return Number(await readFile(join(where.root, name, FILES[what][where.version].usage), 'utf8'));
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENODEV')) return null;
      throw error;
    }
  };
  return { memory: await read('memory'), pids: await read('pids') };
}

/** Removes the cgroup in every hierarchy. A cgroup is busy for some milliseconds after its last process has ended. */
export async function removeCgroup(name: string): Promise<void> {
  const roots = new Set((await hierarchies()).map((hierarchy) => hierarchy.root));
  // A controller may be mounted twice; a root that is not writable holds nothing of ours.
  for (const root of roots) await removeTree(join(root, name), Date.now() + 3000);
}

async function removeTree(folder: string, deadline: number): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENODEV')) return [];
    throw error;
  });
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name), deadline);
  for (;;) {
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return;
      if (!hasCode(error, 'EBUSY') || Date.now() > deadline)
        throw new Error(`cannot remove the cgroup ${folder} below ${dirname(folder)}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
