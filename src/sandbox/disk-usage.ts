import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { AS_OWN_ROOT, isRoot } from './namespaced-process.ts';

/** Bytes that a folder takes. What goes while `du` looks makes it complain, and its sum is good all the same. */
export async function diskUsage(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  // As `removeOwned`: the root of a user namespace sees more, where a user may have one.
  const script = `du -sk "$0" 2>/dev/null || exec ${AS_OWN_ROOT.join(' ')} du -sk "$0"`;
  const [program, words] = isRoot() ? ['du', ['-sk', folder]] : ['sh', ['-c', script, folder]];
  const stdout = await promisify(execFile)(program, words).then(
    (said) => said.stdout,
    (error: unknown) => {
      if (error instanceof Error && 'stdout' in error && error.stdout !== '') return String(error.stdout);
      throw error;
    },
  );
  return Number(stdout.trim().split('\n').at(-1)?.split('\t')[0]) * 1024;
}
