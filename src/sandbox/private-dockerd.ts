import { chmod, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Limits, makeCgroup, removeCgroup } from './cgroup.ts';
import { isAnswering } from './is-answering.ts';
import { REGISTRY_PORT } from './registry/registry-ports.ts';
import { type NamespacedProcess, startNamespaced } from './namespaced-process.ts';

/** Where one dockerd keeps its things; `exec` and `socket` hold unix sockets, so their paths have to be short. */
export type DockerdPlaces = {
  name: string;
  data: string;
  exec: string;
  socket: string;
  engineConfig: string;
  engineLog: string;
};

export type PrivateDockerd = NamespacedProcess & {
  startedAt: number;
  /** Limits that could not be set, each with its reason. */
  unlimited: readonly string[];
};

/** Slowest start seen on a busy machine: 4.2 s. */
const READY_WITHIN = 20_000;

/** Folders that dockerd and containerd write to whatever they are told: a key, and the sockets of the shims. */
const HIDDEN = ['/etc/docker', '/run/containerd'];

/**
 * Starts a dockerd in namespaces of its own, where it harms no other: a second one in the same network namespace wipes
 * the first one's published ports or deletes its bridge. Resolves once it answers; the socket is ours alone.
 * Throws with the last lines of its log when it ends instead.
 */
export async function startPrivateDockerd(
  places: DockerdPlaces,
  options: { limits: Limits; env?: NodeJS.ProcessEnv; arguments?: readonly string[]; signal?: AbortSignal },
): Promise<PrivateDockerd> {
  const startedAt = Date.now();
  await clearPlaces(places);
  const unlimited = await makeCgroup(places.name, options.limits);
  const log = await open(places.engineLog, 'w', 0o600);
  let engine: NamespacedProcess;
  try {
    engine = await startNamespaced([...dockerdCommand(places), ...(options.arguments ?? [])], {
      env: options.env ?? engineEnvironment(),
      output: log.fd,
      hide: HIDDEN,
    });
  } finally {
    await log.close();
  }
  try {
    await untilAnswering(places, engine, options.signal);
    await chmod(places.socket, 0o600);
  } catch (error) {
    await stopPrivateDockerd(places, engine, 0);
    throw error;
  }
  return { ...engine, startedAt, unlimited };
}

/** Ends it and removes what it leaves outside its data folder. */
export async function stopPrivateDockerd(
  places: DockerdPlaces,
  engine: NamespacedProcess,
  grace: number,
): Promise<void> {
  await engine.end(grace);
  await removeCgroup(places.name);
  await rm(places.exec, { recursive: true, force: true });
  await rm(places.socket, { force: true });
}

/** A dockerd that was killed leaves process ids behind which stop the next: it waits 15 s for a containerd that is gone. */
async function clearPlaces(places: DockerdPlaces): Promise<void> {
  await rm(places.exec, { recursive: true, force: true });
  await rm(places.socket, { force: true });
  for (const folder of [places.data, places.exec, dirname(places.socket)])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const folder of HIDDEN) await mkdir(folder, { recursive: true });
  // The machine's own daemon.json may name hosts or a data-root, which collide with our flags.
  await writeFile(places.engineConfig, '{}\n', { mode: 0o600 });
}

function dockerdCommand(places: DockerdPlaces): string[] {
  const flags = {
    'config-file': places.engineConfig,
    'data-root': places.data,
    'exec-root': places.exec,
    pidfile: `${places.exec}/pid`,
    host: `unix://${places.socket}`,
    // Without it dockerd gives the socket to the group `docker`.
    group: '0',
    'cgroup-parent': `/${places.name}`,
    'exec-opt': 'native.cgroupdriver=cgroupfs',
    'shutdown-timeout': '2',
    // In its own network nothing else can be there: a registry of ours, when a lesson has asked for one.
    'registry-mirror': `http://127.0.0.1:${REGISTRY_PORT}`,
    'log-level': 'warn',
  };
  return ['dockerd', ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value])];
}

function engineEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  return { PATH: `${PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`, HOME, LANG };
}

async function untilAnswering(
  places: DockerdPlaces,
  engine: NamespacedProcess,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + READY_WITHIN;
  while (!(existsSync(places.socket) && (await isAnswering(places.socket)))) {
    signal?.throwIfAborted();
    if (engine.hasExited()) throw new Error(`dockerd ended at once.\n${await lastLines(places.engineLog)}`);
    if (Date.now() > deadline)
      throw new Error(
        `dockerd did not answer within ${READY_WITHIN / 1000} s.\n${await lastLines(places.engineLog)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function lastLines(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-6).join('\n');
}
