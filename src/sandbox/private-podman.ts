import { existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeCgroup, NO_LIMITS } from './cgroup.ts';
import { isRoot, type NamespacedProcess, startNamespaced } from './namespaced-process.ts';
import { podmanRuntime, writePodmanSettings } from './podman-settings.ts';
import {
  clearPlaces,
  type EnginePlaces,
  engineEnvironment,
  type PrivateEngine,
  type StartOptions,
  stopPrivateEngine,
} from './private-engine.ts';
import { untilAnswering } from './until-answering.ts';

/** What podman, netavark and iptables write to whatever they are told; short names of images are not found without the last. */
const HIDDEN = ['/run', '/var/lib', '/var/cache'];
const CGROUPS = '/sys/fs/cgroup';

/**
 * Starts `podman system service` in namespaces of its own, for root and for a user alike. A user's is root in there, so
 * that it needs no slirp4netns, and nothing of it (conmon, the pause process) can outlive it.
 * Environment variables alone do not keep podman 4.3 from the machine's own database, so every folder is named by a flag too.
 */
export async function startPrivatePodman(
  places: EnginePlaces,
  options: StartOptions,
): Promise<PrivateEngine> {
  const startedAt = Date.now();
  await clearPlaces(places);
  const inData = (name: string) => join(places.data, name);
  const inExec = (name: string) => join(places.exec, name);
  for (const path of [inData('root'), inData('volumes'), inData('networks'), inExec('run'), inExec('tmp')])
    await mkdir(path, { recursive: true, mode: 0o700 });
  const runtime = await podmanRuntime(places);
  await writePodmanSettings(places, runtime, inExec('conf'));
  const unlimited = isRoot() ? await makeCgroup(places.name, options.limits) : [NO_LIMITS];
  const log = await open(places.engineLog, 'w', 0o600);
  let engine: NamespacedProcess;
  try {
    engine = await startNamespaced(podmanCommand(places, runtime.name), {
      env: {
        ...(options.env ?? engineEnvironment()),
        HOME: inExec('home'),
        XDG_RUNTIME_DIR: inExec('tmp'),
        CONTAINERS_CONF: inExec('conf/containers.conf'),
        CONTAINERS_STORAGE_CONF: inExec('conf/storage.conf'),
        CONTAINERS_REGISTRIES_CONF: inExec('conf/registries.conf'),
      },
      output: log.fd,
      hide: [...HIDDEN, ...(runtime.hidesCgroups ? [CGROUPS] : [])].filter(existsSync),
      ...(isRoot() && { cgroup: places.name }),
      keep: [dirname(places.socket), places.data],
    });
  } finally {
    await log.close();
  }
  try {
    const hasExited = () => engine.hasExited();
    const { socket, engineLog } = places;
    await untilAnswering({ program: 'podman', socket, log: engineLog, hasExited, signal: options.signal });
  } catch (error) {
    await stopPrivateEngine(places, engine, 0);
    throw error;
  }
  return { ...engine, startedAt, unlimited };
}

function podmanCommand(places: EnginePlaces, runtime: string): string[] {
  const flags = {
    root: `${places.data}/root`,
    runroot: `${places.exec}/run`,
    tmpdir: `${places.exec}/tmp`,
    volumepath: `${places.data}/volumes`,
    'network-config-dir': `${places.data}/networks`,
    'storage-driver': 'overlay',
    'cgroup-manager': 'cgroupfs',
    'events-backend': 'file',
    runtime,
  };
  const words = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  return ['podman', ...words, 'system', 'service', '--time', '0', `unix://${places.socket}`];
}
