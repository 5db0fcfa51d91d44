import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import { isRoot } from './namespaced-process.ts';
import type { EnginePlaces } from './private-engine.ts';
import { REGISTRIES_CONF } from './registry/registries-conf.ts';

/** What starts containers for podman, and whether the machine's cgroups have to be out of its sight. */
export type PodmanRuntime = { name: string; path: string; hidesCgroups: boolean };

const PROGRAM_FOLDERS = ['/usr/lib/podman', '/usr/libexec/podman', '/usr/local/libexec/podman'];

/**
 * Names of containers are answered by aardvark-dns, which belongs to netavark; podman 4 falls back to plugins (CNI) of
 * which Debian has none that answers names. podman 5 knows netavark only, and looks for it itself.
 */
export function nameServer(): { folder: string } | null {
  const folder = PROGRAM_FOLDERS.find((path) =>
    ['netavark', 'aardvark-dns'].every((program) => existsSync(join(path, program))),
  );
  return folder === undefined ? null : { folder };
}

/**
 * Root takes runc first: crun refuses the hybrid cgroups of some machines. A user has no cgroups of its own: crun can be
 * told so as long as it sees none, runc has to be asked to put a container into none.
 */
export async function podmanRuntime(places: EnginePlaces): Promise<PodmanRuntime> {
  const [crun, runc] = await Promise.all([findProgram('crun'), findProgram('runc')]);
  if (isRoot() ? runc === null && crun !== null : crun !== null)
    return { name: 'crun', path: crun ?? '', hidesCgroups: !isRoot() };
  if (isRoot()) return { name: 'runc', path: runc ?? 'runc', hidesCgroups: false };
  return { name: 'runc', path: await writeRuntime(places, runc ?? 'runc'), hidesCgroups: false };
}

/** podman names a cgroup for every container whatever it is told; where one is named, runc insists on having it. */
async function writeRuntime(places: EnginePlaces, runc: string): Promise<string> {
  const script = `#!/bin/sh
for word in "$@"; do
  [ "$before" = --bundle ] && sed -i 's/"cgroupsPath":"[^"]*",\\{0,1\\}//' "$word/config.json"
  before=$word
done
exec '${runc}' "$@"
`;
  const path = join(places.exec, 'runc');
  await writeFile(path, script, { mode: 0o700 });
  return path;
}

/** Writes podman's three settings files into `folder`. */
export async function writePodmanSettings(
  places: EnginePlaces,
  runtime: PodmanRuntime,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600 });
  await write('containers.conf', await containersConf(places, runtime));
  await write(
    'storage.conf',
    `[storage]\ndriver = "overlay"\ngraphroot = "${places.data}/root"\nrunroot = "${places.exec}/run"\n`,
  );
  await write('registries.conf', REGISTRIES_CONF);
}

async function containersConf(places: EnginePlaces, runtime: PodmanRuntime): Promise<string> {
  const limits = await readFile('/proc/self/limits', 'utf8');
  const hard = (name: string) => new RegExp(`^${name} +\\S+ +(\\d+)`, 'm').exec(limits)?.[1] ?? '1024';
  const files = hard('Max open files');
  const processes = hard('Max processes');
  const names = nameServer();
  // podman's own defaults are above what a container or a virtual machine may set. Its default lock is shared memory,
  // which every podman of the machine uses.
  return `[containers]
default_ulimits = ["nofile=${files}:${files}", "nproc=${processes}:${processes}"]
default_sysctls = ["net.ipv4.ping_group_range=0 0"]
${runtime.hidesCgroups ? 'cgroups = "disabled"\n' : ''}[engine]
lock_type = "file"
events_logger = "file"
events_logfile_path = "${places.exec}/events.log"
runtime = "${runtime.name}"
cgroup_manager = "cgroupfs"
${names ? `helper_binaries_dir = ["${names.folder}"]\n` : ''}[engine.runtimes]
${runtime.name} = ["${runtime.path}"]
${names ? '[network]\nnetwork_backend = "netavark"\n' : ''}`;
}
