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

/** A user may make no cgroups of its own, unless the system hands some over, which few do. */
export const NO_LIMITS = 'no memory and process limits: they need root';

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

/**
 * Shell words that move the shell into the cgroup and make that the root of all it can see, in a mount namespace of its
 * own: for an engine that puts its containers where it likes. They end where the inner shell's words begin.
 */
export async function enterCgroup(name: string): Promise<{ enter: string; settle: string }> {
  const enter: string[] = [];
  const settle: string[] = [];
  for (const { root, version, controllers } of await hierarchies()) {
    const folder = join(root, name);
    await mkdir(folder, { recursive: true });
    if (version === 1 && controllers.includes('cpuset'))
      // A new one has no processor and no memory, and takes nobody in.
      for (const file of ['cpuset.cpus', 'cpuset.mems'])
        await writeFile(join(folder, file), await readFile(join(root, file)));
    enter.push(`echo 0 > '${folder}/cgroup.procs' && mount --bind '${folder}' '${root}'`);
    // In version 2 a cgroup with processes of its own can hand no controllers on.
    if (version === 2) settle.push(`mkdir -p '${root}/engine' && echo 0 > '${root}/engine/cgroup.procs'`);
  }
  return { enter: enter.join(' && '), settle: settle.join(' && ') };
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
