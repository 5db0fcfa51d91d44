import { existsSync } from 'node:fs';
import { chmod, mkdir, open, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeCgroup, NO_LIMITS } from './cgroup.ts';
import { isRoot, type NamespacedProcess, startNamespaced } from './namespaced-process.ts';
import {
  clearPlaces,
  type EnginePlaces,
  engineEnvironment,
  type PrivateEngine,
  type StartOptions,
  stopPrivateEngine,
} from './private-engine.ts';
import { REGISTRY_PORT } from './registry/registry-ports.ts';
import { untilAnswering } from './until-answering.ts';

/** Folders that dockerd and containerd write to whatever they are told: a key, and the sockets of the shims. */
const HIDDEN = ['/etc/docker', '/run/containerd'];
/** A user may write to none of these, so that all of them are covered; what is not there cannot be made. */
const HIDDEN_FROM_USERS = ['/run', '/dev/shm', '/etc/docker'];

/**
 * Starts a dockerd in namespaces of its own, where it harms no other: a second one in the same network namespace wipes
 * the first one's published ports or deletes its bridge. Resolves once it answers; the socket is ours alone.
 * Throws with the last lines of its log when it ends instead.
 */
export async function startPrivateDockerd(
  places: EnginePlaces,
  options: StartOptions,
): Promise<PrivateEngine> {
  const startedAt = Date.now();
  await clearPlaces(places);
  if (isRoot()) for (const folder of HIDDEN) await mkdir(folder, { recursive: true });
  // The machine's own daemon.json may name hosts or a data-root, which collide with our flags.
  await writeFile(places.engineConfig, '{}\n', { mode: 0o600 });
  const unlimited = isRoot() ? await makeCgroup(places.name, options.limits) : [NO_LIMITS];
  const log = await open(places.engineLog, 'w', 0o600);
  let engine: NamespacedProcess;
  try {
    engine = await startNamespaced([...dockerdCommand(places), ...(options.arguments ?? [])], {
      env: options.env ?? engineEnvironment(),
      output: log.fd,
      hide: isRoot() ? HIDDEN : HIDDEN_FROM_USERS.filter(existsSync),
      keep: [dirname(places.socket), places.data],
    });
  } finally {
    await log.close();
  }
  try {
    const hasExited = () => engine.hasExited();
    const { socket, engineLog } = places;
    await untilAnswering({ program: 'dockerd', socket, log: engineLog, hasExited, signal: options.signal });
    await chmod(places.socket, 0o600);
  } catch (error) {
    await stopPrivateEngine(places, engine, 0);
    throw error;
  }
  return { ...engine, startedAt, unlimited };
}

function dockerdCommand(places: EnginePlaces): string[] {
  const flags = {
    'config-file': places.engineConfig,
    'data-root': places.data,
    'exec-root': places.exec,
    pidfile: `${places.exec}/pid`,
    host: `unix://${places.socket}`,
    // Without it dockerd gives the socket to the group `docker`.
    group: '0',
    ...(isRoot() && { 'cgroup-parent': `/${places.name}`, 'exec-opt': 'native.cgroupdriver=cgroupfs' }),
    'shutdown-timeout': '2',
    // In its own network nothing else can be there: a registry of ours, when a lesson has asked for one.
    'registry-mirror': `http://127.0.0.1:${REGISTRY_PORT}`,
    'log-level': 'warn',
  };
  const rootless = isRoot() ? [] : ['--rootless'];
  return ['dockerd', ...rootless, ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value])];
}
