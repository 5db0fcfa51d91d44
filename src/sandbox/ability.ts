import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cleanText } from '../engine/clean-text.ts';
import { findProgram } from './find-program.ts';
import { type InstallPlan, installPlan } from './install.ts';

/** Whether a sandbox can be started here; where something is only missing, how to install it. */
export type SandboxAbility = { can: true } | { can: false; why: string; install?: InstallPlan };

/** By Debian's names of their packages. */
const NEEDED: readonly { program: string; from: string }[] = [
  { program: 'dockerd', from: 'docker.io' },
  { program: 'ip', from: 'iproute2' },
  { program: 'iptables', from: 'iptables' },
  ...['setpriv', 'unshare', 'nsenter', 'flock'].map((program) => ({ program, from: 'util-linux' })),
];

export async function sandboxAbility(): Promise<SandboxAbility> {
  if (process.platform !== 'linux')
    return { can: false, why: 'a sandbox needs Linux', ...(await planUnlessInstalled()) };
  const missing: typeof NEEDED = (
    await Promise.all(NEEDED.map(async (needed) => ((await findProgram(needed.program)) ? [] : [needed])))
  ).flat();
  if (missing.length > 0) {
    const why = `not installed: ${missing.map(({ program }) => program).join(', ')}`;
    const needsDocker = missing.some(({ program }) => program === 'dockerd');
    const packages = [...new Set(missing.map(({ from }) => from))];
    return { can: false, why, install: await (needsDocker ? installPlan() : installPlan(packages)) };
  }
  if (process.getuid?.() !== 0)
    return { can: false, why: 'a sandbox needs root for now: run slipway with sudo' };
  return tryNamespaces();
}

async function planUnlessInstalled(): Promise<{ install?: InstallPlan }> {
  return (await findProgram('docker')) ? {} : { install: await installPlan() };
}

/** In a container root may lack the right to make namespaces or to mount. */
async function tryNamespaces(): Promise<SandboxAbility> {
  const unshare = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--propagation', 'private'];
  try {
    await promisify(execFile)('unshare', [...unshare, 'ip', 'link', 'set', 'lo', 'up'], { timeout: 5000 });
    return { can: true };
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    return { can: false, why: `the kernel does not allow it here: ${cleanText(said)}` };
  }
}
