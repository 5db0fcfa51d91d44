import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Limits, removeCgroup } from './cgroup.ts';
import { isRoot, type NamespacedProcess } from './namespaced-process.ts';
import { removeOwned } from './remove-owned.ts';

/** Where one engine keeps its things; `exec` and `socket` hold unix sockets, so their paths have to be short. */
export type EnginePlaces = {
  name: string;
  data: string;
  exec: string;
  socket: string;
  engineConfig: string;
  engineLog: string;
};

/** An engine of our own in namespaces of its own, whichever program it is. */
export type PrivateEngine = NamespacedProcess & {
  startedAt: number;
  /** Limits that could not be set, each with its reason. */
  unlimited: readonly string[];
  /** Where its published ports are, for who may not enter its network. */
  address?: string;
};

export type StartOptions = {
  limits: Limits;
  env?: NodeJS.ProcessEnv;
  arguments?: readonly string[];
  signal?: AbortSignal;
};

/** Little of ours reaches an engine: a DOCKER_HOST or a CONTAINERS_CONF would lead it elsewhere. */
export function engineEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  return { PATH: `${PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`, HOME, LANG };
}

/** An engine that was killed leaves process ids behind which stop the next: dockerd waits 15 s for a containerd that is gone. */
export async function clearPlaces(places: EnginePlaces): Promise<void> {
  await removeOwned(places.exec);
  await rm(places.socket, { force: true });
  for (const folder of [places.data, places.exec, dirname(places.socket)])
    await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Ends it and removes what it leaves outside its data folder. */
export async function stopPrivateEngine(
  places: EnginePlaces,
  engine: NamespacedProcess,
  grace: number,
): Promise<void> {
  await engine.end(grace);
  if (isRoot()) await removeCgroup(places.name);
  await removeOwned(places.exec);
  await rm(places.socket, { force: true });
}
