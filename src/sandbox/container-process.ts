import { readFile, readdir } from 'node:fs/promises';
import { hasCode } from './has-code.ts';

/**
 * Process 1 of a container as this machine counts it; null where it runs on no machine that is ours. The engine's own
 * number (`State.Pid`) is another one when the engine is in a process namespace itself.
 */
export async function containerProcess(id: string): Promise<number | null> {
  const firsts: { pid: number; depth: number }[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const cgroup = await read(`/proc/${entry}/cgroup`);
    if (!cgroup.includes(id)) continue;
    const numbers =
      /^NSpid:(.*)$/m
        .exec(await read(`/proc/${entry}/status`))?.[1]
        ?.trim()
        .split(/\s+/) ?? [];
    if (numbers.at(-1) === '1') firsts.push({ pid: Number(entry), depth: numbers.length });
  }
  // Containers inside the container are below it, in namespaces of their own.
  return firsts.toSorted((a, b) => a.depth - b.depth)[0]?.pid ?? null;
}

/** Empty for a process that has ended while we were looking. */
async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ESRCH')) throw error;
    return '';
  }
}
