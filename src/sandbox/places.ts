import { createHash } from 'node:crypto';
import { lstat, mkdir, rm, rmdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasCode } from './has-code.ts';
import type { SandboxKind } from './kinds.ts';

/**
 * Where a sandbox keeps its things. `state` holds data and logs; `run` holds sockets and is gone with the engine.
 * A unix socket's path has to stay below 108 bytes, so `run` is short and carries a digest of `state`.
 */
export type Places = {
  /** Also the name of its cgroup. */
  name: string;
  state: string;
  data: string;
  lock: string;
  keeperLog: string;
  engineLog: string;
  engineConfig: string;
  run: string;
  exec: string;
  socket: string;
  control: string;
};

export function sandboxPlaces(state: string = stateOf('docker')): Places {
  const name = `slipway-${createHash('sha256').update(state).digest('hex').slice(0, 8)}`;
  const run = join(runBase(), name.slice('slipway-'.length));
  return {
    name,
    state,
    data: join(state, 'data'),
    lock: join(state, 'lock'),
    keeperLog: join(state, 'keeper.log'),
    engineLog: join(state, 'engine.log'),
    engineConfig: join(state, 'daemon.json'),
    run,
    exec: join(run, 'exec'),
    socket: join(run, 'docker.sock'),
    control: join(run, 'control.sock'),
  };
}

/** Each kind of engine has a sandbox of its own: one cannot read what another keeps. */
export function placesOf(kind: SandboxKind): Places {
  return sandboxPlaces(stateOf(kind));
}

function stateOf(kind: SandboxKind): string {
  const base = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(base, 'slipway', kind === 'docker' ? 'sandbox' : `sandbox-${kind}`);
}

/**
 * Not XDG_RUNTIME_DIR for root: `su` and a login differ in it, so that two Slipways would miss each other, and it is
 * emptied when the login ends, under a sandbox that was asked to stay.
 */
function runBase(): string {
  const uid = process.getuid?.() ?? 0;
  if (uid === 0) return '/run/slipway-0';
  const runtime = process.env['XDG_RUNTIME_DIR'];
  return runtime ? join(runtime, 'slipway') : `/tmp/slipway-${uid}`;
}

/** Makes the folders, readable by nobody else. Refuses a folder that someone else has put in its place. */
export async function makePlaces(places: Places): Promise<void> {
  for (const folder of [places.state, places.run]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = await lstat(folder);
    const isOurs = !process.getuid || found.uid === process.getuid();
    // A folder of data that others may read is tolerable; one with the socket of an engine is not.
    const isPrivate = folder === places.state || (found.mode & 0o077) === 0;
    if (!found.isDirectory() || !isOurs || !isPrivate)
      throw new Error(`${folder} is not a private folder of ours; remove it and try again`);
  }
}

/** Removes what is of no use without the engine; the folder above it is shared with other sandboxes. */
export async function removeRun(places: Places): Promise<void> {
  await rm(places.run, { recursive: true, force: true });
  await rmdir(dirname(places.run)).catch((error: unknown) => {
    if (!hasCode(error, 'ENOTEMPTY', 'ENOENT', 'EEXIST')) throw error;
  });
}
