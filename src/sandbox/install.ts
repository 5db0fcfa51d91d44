import { execFile } from 'node:child_process';
import { readFile, readdir, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { findProgram } from './find-program.ts';
import { hasCode } from './has-code.ts';

/** How a container engine gets onto this machine. */
export type InstallPlan = {
  /** What the person would type, in order. */
  text: string;
  /** The same for `runInstall`; empty where Slipway does not do it itself, for `why`. */
  steps: readonly (readonly string[])[];
  why: string;
  /** `sudo` will ask for a password: the terminal has to be handed over. */
  asksPassword: boolean;
};

/** `ip` and `iptables` are used by dockerd and by the sandbox and only recommended by docker.io. */
const DOCKER_PACKAGES = ['docker.io', 'iproute2', 'iptables', 'ca-certificates'];

const WEEK_MS = 7 * 24 * 3600 * 1000;
const APT_LISTS = '/var/lib/apt/lists';

/** Other package managers, by their program; the person types these. */
const BY_HAND: readonly { program: string; text: string }[] = [
  { program: 'dnf', text: 'sudo dnf install -y moby-engine && sudo systemctl enable --now docker' },
  { program: 'pacman', text: 'sudo pacman -S --noconfirm docker && sudo systemctl enable --now docker' },
  { program: 'zypper', text: 'sudo zypper install -y docker && sudo systemctl enable --now docker' },
  { program: 'apk', text: 'doas apk add docker && doas rc-service docker start' },
];

/** @param packages Debian's names; the other systems are only told about Docker */
export async function installPlan(packages: readonly string[] = DOCKER_PACKAGES): Promise<InstallPlan> {
  if (process.platform === 'darwin')
    return (await findProgram('brew'))
      ? byHand('brew install colima docker && colima start', 'containers need a virtual machine on macOS')
      : byHand(
          'open https://docs.docker.com/desktop/setup/install/mac-install/',
          'Homebrew is not installed',
        );
  if (process.platform === 'win32')
    return byHand(
      'winget install -e --id Docker.DockerDesktop',
      'Docker Desktop has an installer of its own',
    );
  if (await findProgram('apt-get')) return aptPlan(packages);
  for (const { program, text } of BY_HAND)
    if (await findProgram(program))
      return byHand(text, `Slipway installs by itself with apt only, not with ${program}`);
  return byHand('see https://docs.docker.com/engine/install/', 'no package manager that Slipway knows');
}

function byHand(text: string, why: string): InstallPlan {
  return { text, steps: [], why, asksPassword: false };
}

async function aptPlan(packages: readonly string[]): Promise<InstallPlan> {
  const install = [
    'apt-get',
    'install',
    '-y',
    '--no-install-recommends',
    ...packages,
    ...(await separateClient(packages)),
  ];
  const bare = (await areListsStale()) ? [['apt-get', 'update'], install] : [install];
  const isRoot = process.getuid?.() === 0;
  const steps = isRoot ? bare : bare.map((step) => ['sudo', ...step]);
  const text = steps.map((step) => step.join(' ')).join(' && ');
  if (!isRoot && !(await findProgram('sudo')))
    return { text, steps: [], why: 'it needs root, and sudo is not installed', asksPassword: false };
  return { text, steps, why: '', asksPassword: !isRoot && !(await sudoIsOpen()) };
}

/** Since Debian 13 the `docker` command is a package of its own. */
async function separateClient(packages: readonly string[]): Promise<string[]> {
  if (!packages.includes('docker.io') || (await findProgram('docker'))) return [];
  const release = await readFile('/etc/os-release', 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  });
  const version = Number(/^VERSION_ID="?(\d+)/m.exec(release)?.[1] ?? 0);
  return /^ID=debian$/m.test(release) && version >= 13 ? ['docker-cli'] : [];
}

/** Images of systems come without package lists, and a package that has moved on since the last update is not found. */
async function areListsStale(): Promise<boolean> {
  const names = await readdir(APT_LISTS).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const lists = names.filter((name) => /_Packages(\.\w+)?$/.test(name));
  if (lists.length === 0) return true;
  // The folder's time is that of the last update; a list's own is that of its making in the archive.
  return Date.now() - (await stat(APT_LISTS)).mtimeMs > WEEK_MS;
}

async function sudoIsOpen(): Promise<boolean> {
  try {
    await promisify(execFile)('sudo', ['-n', 'true']);
    return true;
  } catch {
    return false;
  }
}
