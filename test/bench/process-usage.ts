import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

/** Kernel ticks a second in /proc; 100 on every Linux that Node runs on. */
const TICKS = 100;

type Entry = { parent: number; cpu: number; own: number };

/** Fields as in proc_pid_stat(5), counted after the name, which may hold spaces and brackets. */
function readEntry(pid: number): Entry | null {
  const fields = readProc(`${pid}/stat`)?.split(') ').at(-1)?.split(' ').map(Number);
  if (fields === undefined) return null;
  const [, parent = 0] = fields;
  // Own time, and that of children that were waited for.
  const seconds = (from: number, to: number): number =>
    fields.slice(from, to).reduce((sum, ticks) => sum + ticks, 0) / TICKS;
  return { parent, cpu: seconds(11, 15), own: seconds(11, 13) };
}

/** Null for a process that has ended. */
function readProc(path: string): string | null {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** A process with all that it started. */
function processTree(root: number): Map<number, Entry> {
  const all = new Map<number, Entry>();
  for (const name of readdirSync('/proc')) {
    const entry = /^\d+$/.test(name) ? readEntry(Number(name)) : null;
    if (entry !== null) all.set(Number(name), entry);
  }
  const found = new Map<number, Entry>();
  const add = (pid: number): void => {
    const entry = all.get(pid);
    if (entry === undefined) return;
    found.set(pid, entry);
    for (const [child, { parent }] of all) if (parent === pid) add(child);
  };
  add(root);
  return found;
}

/** CPU seconds that a process and all that it started have used so far. */
export function cpuSeconds(root: number): number {
  return [...processTree(root).values()].reduce((sum, { cpu }) => sum + cpu, 0);
}

/** CPU seconds of a process alone: not of the shell in it, and of what runs there. */
export const ownCpuSeconds = (pid: number): number => readEntry(pid)?.own ?? 0;

/** Megabytes (2^20 bytes) resident, now and at most, of a process and all that it started. */
export function memory(root: number): { now: number; peak: number } {
  const sum = (field: string): number =>
    [...processTree(root).keys()].reduce((total, pid) => total + statusField(pid, field), 0) / 1024;
  return { now: sum('VmRSS'), peak: sum('VmHWM') };
}

function statusField(pid: number, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readProc(`${pid}/status`) ?? '')?.[1] ?? 0);
}

/** Peaks count from now on. */
export function resetPeak(root: number): void {
  for (const pid of processTree(root).keys()) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Seconds of CPU that the whole machine has used, and has had, so far. */
export function machineSeconds(): { busy: number; total: number } {
  const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n');
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const total = ticks.reduce((sum, t) => sum + t, 0);
  const [, , , idle = 0, waiting = 0] = ticks;
  return { busy: (total - idle - waiting) / TICKS, total: total / TICKS };
}
