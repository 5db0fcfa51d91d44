import { createHash } from 'node:crypto';
import { lstat, mkdir, rm, rmdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasCode } from './has-code.ts';

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

export function sandboxPlaces(state: string = defaultState()): Places {
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

function defaultState(): string {
  const base = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(base, 'slipway', 'sandbox');
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
  await mkdir(places.state, { recursive: true, mode: 0o700 });
  await mkdir(places.run, { recursive: true, mode: 0o700 });
  const found = await lstat(places.run);
  if (
    !found.isDirectory() ||
    (process.getuid && found.uid !== process.getuid()) ||
    (found.mode & 0o077) !== 0
  )
    throw new Error(`${places.run} is not a private folder of ours; remove it and try again`);
}

/** Removes what is of no use without the engine; the folder above it is shared with other sandboxes. */
export async function removeRun(places: Places): Promise<void> {
  await rm(places.run, { recursive: true, force: true });
  await rmdir(dirname(places.run)).catch((error: unknown) => {
    if (!hasCode(error, 'ENOTEMPTY', 'ENOENT', 'EEXIST')) throw error;
  });
}
