import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { AS_OWN_ROOT, isRoot } from './namespaced-process.ts';

/**
 * Files of containers belong to ids of a user's range, which only the root of a user namespace may remove. That comes
 * second: not every user has a range, or may have such a namespace, and then nothing is of another id either.
 */
const removal = (path: string): readonly [string, ...string[]] =>
  isRoot()
    ? ['rm', '-rf', path]
    : ['sh', '-c', `rm -rf "$0" 2>/dev/null || exec ${AS_OWN_ROOT.join(' ')} rm -rf "$0"`, path];

export async function removeOwned(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const [program, ...words] = removal(path);
  await promisify(execFile)(program, words, { cwd: '/' });
}

/** Left to a process of its own, which outlives us. */
export function removeOwnedLater(path: string): void {
  const [program, ...words] = removal(path);
  spawn(program, words, { cwd: '/', detached: true, stdio: 'ignore' }).unref();
}
