import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineFamily } from '../engine/engine.ts';
import { DOCKER_BY_PODMAN } from './client-stand-in.ts';

/** What sends a client elsewhere than to DOCKER_HOST and CONTAINER_HOST, or keeps it from getting there. */
const TAKEN_AWAY: readonly { name: string; why: string }[] = [
  {
    name: 'DOCKER_CONTEXT',
    why: 'docker and compose heed DOCKER_HOST before it; whoever else reads it would be misled',
  },
  { name: 'DOCKER_TLS_VERIFY', why: 'docker then wants certificates also for a socket file, and fails' },
  { name: 'DOCKER_TLS', why: 'as DOCKER_TLS_VERIFY' },
  { name: 'DOCKER_CERT_PATH', why: 'belongs to the two' },
  { name: 'DOCKER_API_VERSION', why: 'was meant for another engine, which may speak an older API' },
  { name: 'CONTAINER_CONNECTION', why: 'names a connection of podman’s own list' },
  { name: 'CONTAINER_SSHKEY', why: 'belongs to such a connection' },
];

export type ClientEnvironmentOptions = {
  /** Where the shell's clients are to speak: a socket file, or a named pipe on Windows. */
  socket: string;
  /** Of the engine that is on screen when the shell is opened. */
  family: EngineFamily;
  /** Full path of a program on the user's PATH, or null. */
  findProgram: (name: string) => Promise<string | null>;
  /** A private folder of ours, which stays as long as the shell runs. */
  folder: string;
};

/** What `docker` is in the shell: the real one, podman behind a stand-in, or nothing at all. */
export type Clients = { docker: 'itself' | 'podman' | 'none'; podman: boolean };

export type ClientEnvironment = {
  /** By name; null takes a variable away. */
  variables: Readonly<Record<string, string | null>>;
  /** A folder to be put behind everything in PATH; null where nothing is missing. */
  programs: string | null;
  clients: Clients;
};

/**
 * The environment in which docker, docker compose, docker buildx and podman speak to a socket, whatever contexts and
 * connections the user has chosen. Credentials and plugins of ~/.docker stay in use. Throws what the file system throws.
 *
 * CONTAINER_HOST is set whatever engine is on screen: a podman that finds Docker there refuses (it asks for
 * `/libpod/_ping`, 404), where without it a command meant for the engine on screen would act on podman's own store.
 */
export async function clientEnvironment(options: ClientEnvironmentOptions): Promise<ClientEnvironment> {
  const { socket, family, findProgram, folder } = options;
  const [docker, podman] = await Promise.all([findProgram('docker'), findProgram('podman')]);
  const host = hostOf(socket);
  const variables = {
    ...Object.fromEntries(TAKEN_AWAY.map(({ name }) => [name, null])),
    DOCKER_HOST: host,
    CONTAINER_HOST: host,
    // A builder that was chosen for another engine would build there.
    BUILDX_BUILDER: 'default',
    // docker since 23 builds with BuildKit, which is not in podman: it would fetch an image of it and run that.
    ...(family === 'podman' && { DOCKER_BUILDKIT: '0' }),
  };
  const standsIn = docker === null && podman !== null;
  const clients: Clients = {
    docker: docker !== null ? 'itself' : standsIn ? 'podman' : 'none',
    podman: podman !== null,
  };
  return { variables, programs: standsIn ? await writeStandIn(folder) : null, clients };
}

/** What the user should know about the clients in the shell; empty when all is as expected. */
export function clientsAdvice(clients: Clients, family: EngineFamily): string {
  if (clients.docker === 'none' && !clients.podman)
    return 'neither docker nor podman is installed here: the keys of Slipway work, but the shell has no client';
  if (clients.docker === 'podman' && family === 'docker')
    return 'no docker client is installed here, only podman, which cannot speak to a Docker engine';
  return '';
}

function hostOf(socket: string): string {
  return socket.startsWith('\\\\') ? `npipe://${socket.replaceAll('\\', '/')}` : `unix://${socket}`;
}

async function writeStandIn(folder: string): Promise<string> {
  const programs = join(folder, 'programs');
  await mkdir(programs, { recursive: true, mode: 0o700 });
  const file = join(programs, 'docker');
  await writeFile(file, DOCKER_BY_PODMAN);
  await chmod(file, 0o755);
  return programs;
}
