import { readFileSync } from 'node:fs';

/** Process group that has the terminal of a process; 0 where that is not known. See proc(5), `tpgid`. */
export function foregroundGroup(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before it, in parentheses, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Math.max(0, Number(fields[5]) || 0);
  } catch {
    // Not Linux, or the process is gone.
    return 0;
  }
}
