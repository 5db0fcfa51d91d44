import { mkdir, open, readFile, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { removeCgroup } from '../../src/sandbox/cgroup.ts';
import { hasCode } from '../../src/sandbox/has-code.ts';
import { isAnswering } from '../../src/sandbox/is-answering.ts';
import { REGISTRIES_CONF } from '../../src/sandbox/registry/registries-conf.ts';
import { type NamespacedProcess, startNamespaced } from '../../src/sandbox/namespaced-process.ts';

/** `podman system service` with everything of its own below `folder`. */
export type PodmanPlaces = { folder: string; socket: string };

const READY_WITHIN = 20_000;

/**
 * Environment variables alone do not keep podman 4.3 from the machine's own database, so every folder is named by a flag
 * too, and what it has no flag for (/run, /var/lib/cni) is hidden.
 */
export async function startPrivatePodman({ folder, socket }: PodmanPlaces): Promise<NamespacedProcess> {
  const at = (name: string) => join(folder, name);
  await rm(socket, { force: true });
  for (const name of ['root', 'run', 'tmp', 'volumes', 'networks', 'home', 'conf'])
    await mkdir(at(name), { recursive: true, mode: 0o700 });
  await writeFile(at('conf/containers.conf'), await containersConf(folder));
  await writeFile(
    at('conf/storage.conf'),
    `[storage]\ndriver = "overlay"\ngraphroot = "${at('root')}"\nrunroot = "${at('run')}"\n`,
  );
  await writeFile(at('conf/registries.conf'), REGISTRIES_CONF);
  const flags = {
    root: at('root'),
    runroot: at('run'),
    tmpdir: at('tmp'),
    volumepath: at('volumes'),
    'network-config-dir': at('networks'),
    'storage-driver': 'overlay',
    'cgroup-manager': 'cgroupfs',
    'events-backend': 'file',
    // crun refuses the hybrid cgroups of some machines.
    runtime: 'runc',
  };
  const words = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  const log = await open(at('podman.log'), 'w');
  const engine = await startNamespaced(
    ['podman', ...words, 'system', 'service', '--time', '0', `unix://${socket}`],
    {
      env: {
        PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
        HOME: at('home'),
        XDG_RUNTIME_DIR: at('tmp'),
        CONTAINERS_CONF: at('conf/containers.conf'),
        CONTAINERS_STORAGE_CONF: at('conf/storage.conf'),
        CONTAINERS_REGISTRIES_CONF: at('conf/registries.conf'),
      },
      output: log.fd,
      hide: ['/run', '/var/lib'],
    },
  ).finally(() => log.close());
  const deadline = Date.now() + READY_WITHIN;
  while (!(existsSync(socket) && (await isAnswering(socket)))) {
    if (engine.hasExited() || Date.now() > deadline) {
      await engine.end(0);
      throw new Error(`podman did not start:\n${await readFile(at('podman.log'), 'utf8')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return engine;
}

async function containersConf(folder: string): Promise<string> {
  const limits = await readFile('/proc/self/limits', 'utf8');
  const hard = (name: string) => new RegExp(`^${name} +\\S+ +(\\d+)`, 'm').exec(limits)?.[1] ?? '1024';
  const files = hard('Max open files');
  const processes = hard('Max processes');
  // podman's own defaults are above what a container or a virtual machine may set. Its default lock is shared memory,
  // which every podman of the machine uses.
  return `[containers]
default_ulimits = ["nofile=${files}:${files}", "nproc=${processes}:${processes}"]
[engine]
lock_type = "file"
events_logger = "file"
events_logfile_path = "${join(folder, 'events.log')}"
runtime = "runc"
cgroup_manager = "cgroupfs"
`;
}

/** podman has one cgroup for all its containers; only those of this one are removed from it, and it when it is empty. */
export async function removePodmanCgroups(folder: string): Promise<void> {
  const store = join(folder, 'root/overlay-containers');
  const entries = existsSync(store) ? await readdir(store, { withFileTypes: true }) : [];
  for (const entry of entries)
    if (entry.isDirectory()) await removeCgroup(`libpod_parent/libpod-${entry.name}`);
  for (const root of await readdir('/sys/fs/cgroup'))
    for (const name of ['libpod_parent/conmon', 'libpod_parent'])
      await rmdir(join('/sys/fs/cgroup', root, name)).catch((error: unknown) => {
        // In use by another podman of this machine, or not there.
        if (!hasCode(error, 'EBUSY', 'ENOTEMPTY', 'ENOENT', 'ENOTDIR')) throw error;
      });
}
