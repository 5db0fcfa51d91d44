import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ContextError, currentContextName, dockerConfigDir } from '../contexts.ts';
import type { Endpoint } from '../endpoint.ts';
import { formatHost } from '../endpoint-text.ts';
import type { Candidate, Failure, Route } from './route.ts';
import { homePath, runtimeDir, systemPath } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';

type Row = {
  id: string;
  label: string;
  on: readonly NodeJS.Platform[];
  /** Paths of sockets or pipes; one `*` may stand for a folder or file name. */
  at: (s: Surroundings) => string[];
  start: string;
  denied?: string;
  signs?: readonly string[];
  inMachine?: boolean;
};

const LINUX = ['linux'] as const;
const MAC = ['darwin'] as const;
const LINUX_AND_MAC = ['linux', 'darwin'] as const;
const WINDOWS = ['win32'] as const;

const JOIN_DOCKER_GROUP =
  'Join the docker group: sudo usermod -aG docker $USER, then log out and in again (it is as powerful as root).';

/**
 * Places where engines put their sockets. Sources: the engines' own documentation, testcontainers-node's strategies,
 * Colima's FAQ; those beyond Linux have not been tried on real machines.
 */
const ROWS: readonly Row[] = [
  {
    id: 'docker',
    label: 'Docker',
    on: LINUX_AND_MAC,
    at: (s) => [systemPath(s, '/var/run/docker.sock')],
    start: 'Start it: sudo systemctl start docker (or sudo service docker start).',
    denied: JOIN_DOCKER_GROUP,
    signs: ['dockerd'],
  },
  {
    id: 'docker-rootless',
    label: 'Docker, rootless',
    on: LINUX,
    at: (s) => [join(runtimeDir(s), 'docker.sock')],
    start: 'Start it: systemctl --user start docker',
    signs: ['dockerd-rootless.sh'],
  },
  {
    id: 'docker-desktop-linux',
    label: 'Docker Desktop',
    on: LINUX,
    at: (s) => [homePath(s, '.docker/desktop/docker.sock')],
    start: 'Start Docker Desktop: systemctl --user start docker-desktop',
    signs: ['/opt/docker-desktop'],
    inMachine: true,
  },
  {
    id: 'podman-rootless',
    label: 'Podman, rootless',
    on: LINUX,
    at: (s) => [join(runtimeDir(s), 'podman/podman.sock')],
    start: 'Start its service: systemctl --user start podman.socket (or podman system service -t 0).',
    signs: ['podman'],
  },
  {
    id: 'podman-root',
    label: 'Podman, root',
    on: LINUX,
    at: (s) => [systemPath(s, '/run/podman/podman.sock')],
    start: 'Start its service: sudo systemctl start podman.socket (or sudo podman system service -t 0).',
    denied: 'Only root may use it. Your own: systemctl --user start podman.socket',
    signs: ['podman'],
  },
  {
    id: 'docker-desktop-mac',
    label: 'Docker Desktop',
    on: MAC,
    at: (s) => [homePath(s, '.docker/run/docker.sock')],
    start: 'Start Docker Desktop: open -a Docker',
    signs: ['/Applications/Docker.app'],
    inMachine: true,
  },
  {
    id: 'orbstack',
    label: 'OrbStack',
    on: MAC,
    at: (s) => [homePath(s, '.orbstack/run/docker.sock')],
    start: 'Start OrbStack: orb start',
    signs: ['/Applications/OrbStack.app', 'orb'],
    inMachine: true,
  },
  {
    id: 'colima',
    label: 'Colima',
    on: LINUX_AND_MAC,
    at: (s) => colimaHomes(s).map((folder) => join(folder, '*/docker.sock')),
    start: 'Start it: colima start (another profile: colima start -p NAME).',
    signs: ['colima'],
    inMachine: true,
  },
  {
    id: 'rancher-desktop',
    label: 'Rancher Desktop',
    on: LINUX_AND_MAC,
    at: (s) => [homePath(s, '.rd/docker.sock')],
    start: 'Start Rancher Desktop (with “dockerd” as its engine): rdctl start',
    signs: ['rdctl', '~/.rd/bin', '/Applications/Rancher Desktop.app'],
    inMachine: true,
  },
  {
    id: 'lima',
    label: 'Lima',
    on: LINUX_AND_MAC,
    at: (s) => [
      join(s.env['LIMA_HOME'] || homePath(s, '.lima'), '*/sock/docker.sock'),
      join(s.env['LIMA_HOME'] || homePath(s, '.lima'), '*/sock/podman.sock'),
    ],
    start: 'Start an instance: limactl start docker (or limactl start podman).',
    signs: ['limactl'],
    inMachine: true,
  },
  {
    id: 'podman-machine',
    label: 'Podman machine',
    on: LINUX_AND_MAC,
    at: (s) => [
      homePath(s, '.local/share/containers/podman/machine/podman.sock'),
      join(s.env['TMPDIR'] || systemPath(s, '/tmp'), 'podman/*-api.sock'),
    ],
    start: 'Start it: podman machine start (the first time: podman machine init).',
    // On Linux a podman without a machine is the usual thing and no sign of one.
    signs: ['~/.config/containers/podman/machine'],
    inMachine: true,
  },
  {
    id: 'finch',
    label: 'Finch',
    on: LINUX_AND_MAC,
    at: (s) =>
      s.platform === 'darwin'
        ? [systemPath(s, '/Applications/Finch/lima/data/finch/sock/finch.sock')]
        : [systemPath(s, '/run/finch.sock')],
    start: 'Start it: finch vm start (it speaks only a part of the API).',
    signs: ['finch'],
    inMachine: true,
  },
  {
    id: 'docker-snap',
    label: 'Docker, snap',
    on: LINUX,
    at: (s) => [systemPath(s, '/run/snap.docker/docker.sock')],
    start: 'Start it: sudo snap start docker',
    denied: JOIN_DOCKER_GROUP,
    signs: ['/snap/docker'],
  },
  {
    id: 'wsl',
    label: 'Docker Desktop for WSL',
    on: LINUX,
    at: (s) =>
      s.env['WSL_DISTRO_NAME']
        ? [systemPath(s, '/mnt/wsl/docker-desktop/shared-sockets/guest-services/docker.proxy.sock')]
        : [],
    start: 'Start Docker Desktop in Windows, and turn on this distribution under Resources, WSL integration.',
    denied: JOIN_DOCKER_GROUP,
    signs: ['/mnt/wsl/docker-desktop'],
    inMachine: true,
  },
  {
    id: 'docker-windows',
    label: 'Docker',
    on: WINDOWS,
    at: () => [String.raw`\\.\pipe\docker_engine`],
    start: 'Start Docker Desktop, or the service: Start-Service docker',
    denied: 'Join the local group docker-users, then log out and in again.',
  },
  {
    id: 'docker-desktop-windows',
    label: 'Docker Desktop',
    on: WINDOWS,
    at: () => [String.raw`\\.\pipe\dockerDesktopLinuxEngine`],
    start: 'Start Docker Desktop.',
    denied: 'Join the local group docker-users, then log out and in again.',
    inMachine: true,
  },
  {
    id: 'podman-windows',
    label: 'Podman machine',
    on: WINDOWS,
    at: () => [String.raw`\\.\pipe\podman-machine-default`],
    start: 'Start it: podman machine start (the first time: podman machine init).',
    inMachine: true,
  },
];

/** Tells that the docker CLI's config file, which may name an engine, cannot be read; `sudo docker` leaves such files. */
const CONFIG_FILE: Route = {
  id: 'docker-config',
  label: 'docker config file',
  explicit: false,
  find: async (s) => {
    const configDir = dockerConfigDir(s.env, s.home);
    try {
      await currentContextName(configDir);
      return [];
    } catch (error) {
      if (!(error instanceof ContextError)) throw error;
      const failed: Failure = { ok: false, kind: error.kind, why: error.message, advice: '' };
      return [{ host: join(configDir, 'config.json'), failed }];
    }
  },
  start: '',
  denied: 'Make the docker config file yours: sudo chown -R $USER ~/.docker',
  signs: [],
  inMachine: false,
};

/** The usual places, in the order in which they are preferred. */
export const LOCAL_ROUTES: readonly Route[] = [CONFIG_FILE, ...ROWS.map(routeOf)];

function routeOf(row: Row): Route {
  return {
    id: row.id,
    label: row.label,
    explicit: false,
    find: async (s) => (row.on.includes(s.platform) ? placesOf(row, s) : []),
    start: row.start,
    denied: row.denied ?? 'Your user may not use that socket.',
    signs: row.signs ?? [],
    inMachine: row.inMachine ?? false,
  };
}

/** `COLIMA_HOME` replaces the usual folder; the XDG one is used when it is there (colima `config.Dir`). */
function colimaHomes(s: Surroundings): string[] {
  const own = s.env['COLIMA_HOME'];
  if (own) return [own];
  const xdg = s.env['XDG_CONFIG_HOME'];
  return [homePath(s, '.colima'), ...(xdg ? [join(xdg, 'colima')] : [])];
}

async function placesOf(row: Row, s: Surroundings): Promise<Candidate[]> {
  const patterns = row.at(s);
  const found = (await Promise.all(patterns.map((pattern) => matching(row, pattern)))).flat();
  if (found.length > 0 || patterns[0] === undefined) return found;
  const host = `unix://${patterns[0]}`;
  return [{ host, failed: { ok: false, kind: 'missing', why: 'no such file', advice: '' } }];
}

async function matching(row: Row, pattern: string): Promise<Candidate[]> {
  if (!pattern.includes('*')) return [candidate(row, pattern, '')];
  const parent = dirname(pattern.slice(0, pattern.indexOf('*') + 1));
  const [before = '', after = ''] = pattern.slice(parent.length + 1).split('*');
  const [nameEnd = '', ...below] = after.split('/');
  // A folder that cannot be listed is as good as none: the row then says “no such file” about the pattern.
  const names = await readdir(parent).catch((): string[] => []);
  return names
    .filter((name) => name.startsWith(before) && name.endsWith(nameEnd) && !name.startsWith('_'))
    .toSorted()
    .map((name) => candidate(row, join(parent, name, ...below), name.slice(0, name.length - nameEnd.length)));
}

function candidate(row: Row, path: string, name: string): Candidate {
  const to: Endpoint = path.startsWith('\\\\') ? { via: 'pipe', path } : { via: 'unix', path };
  return { host: formatHost(to), label: name === '' ? row.label : `${row.label} (${name})`, to };
}
