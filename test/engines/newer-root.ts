/** Vitest's global set-up for `npm run test:engines`: the root that the engines come from. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const RUNTIME = join(import.meta.dirname, '../../.runtime');
/** The kernel ends it and takes back its mounts with us, however we end. */
const ALONE =
  'setpriv --pdeathsig KILL -- unshare --mount --pid --fork --mount-proc --kill-child=SIGKILL --propagation private';

export async function setup(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Error('the newer engines need Linux and root');
  await mkdir(RUNTIME, { recursive: true });
  const make = ['sh', join(import.meta.dirname, 'make-root.sh'), join(RUNTIME, 'trixie')];
  // Two runs at once take turns.
  const [program = '', ...rest] = [...ALONE.split(' '), 'flock', join(RUNTIME, 'trixie.lock'), ...make];
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the Debian root with the newer engines could not be made');
}
