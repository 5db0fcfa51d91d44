import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { enterCgroup } from './cgroup.ts';
import { hasCode } from './has-code.ts';

/** A program in mount, network and process namespaces of its own. Killing the holder ends everything inside, mounts included. */
export type NamespacedProcess = {
  /** `unshare`, which ends when the last process inside has. */
  pid: number;
  /**
   * The shell that is process 1 inside: the door to the namespaces. Never use the program's own pid for that:
   * podman's main thread sits in another network namespace.
   */
  holder: number;
  /** Resolves once nothing is left inside. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  hasExited(): boolean;
  /** Asks the program to end, and kills it after `grace` milliseconds (0: at once). */
  end(grace: number): Promise<void>;
};

export type NamespacedOptions = {
  env: NodeJS.ProcessEnv;
  /** File descriptor for what the program prints. */
  output: number;
  /** Folders that are empty and private inside. The folder has to exist outside. */
  hide: readonly string[];
  /** Folders below hidden ones that stay as they are. */
  keep?: readonly string[];
  /** Name of the cgroup that is the root of all cgroups inside. */
  cgroup?: string;
};

/** Words before a command that make a plain user root of a user namespace, over the ids of /etc/subuid. */
export const AS_OWN_ROOT = ['unshare', '--user', '--map-root-user', '--map-auto'] as const;

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * `setpriv --pdeathsig` makes the kernel end it with us, whatever way we end. The shell stays process 1 and reaps.
 * The network namespace has a loopback interface and nothing else. A plain user is root inside, of a user namespace.
 */
export async function startNamespaced(
  command: readonly string[],
  options: NamespacedOptions,
): Promise<NamespacedProcess> {
  const unshare = [...(isRoot() ? ['unshare'] : AS_OWN_ROOT), '--mount', '--net', '--pid', '--fork'];
  const ending = ['--mount-proc', '--kill-child=SIGKILL', '--propagation', 'private'];
  const script = await innerScript(options);
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', '--', ...unshare, ...ending, 'sh', '-c', script, 'sh', ...command],
    // A session of its own: Ctrl-C in the terminal must not reach the engine.
    { cwd: '/', env: options.env, stdio: ['ignore', options.output, options.output], detached: true },
  );
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, name) => resolve({ code, signal: name }));
  });
  exited.catch(() => undefined);
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  await Promise.race([once(child, 'spawn'), exited]);
  const pid = child.pid ?? 0;
  const holder = await firstInside(pid, hasExited);
  return { pid, holder, exited, hasExited, end: (grace) => end(child, holder, exited, grace) };
}

async function innerScript(options: NamespacedOptions): Promise<string> {
  const begin = `${hiding(options)}ip link set lo up || exit 125; "$@" & wait $!`;
  if (options.cgroup === undefined) return begin;
  const { enter, settle } = await enterCgroup(options.cgroup);
  const inner = `${settle === '' ? '' : `${settle} && `}${begin}`;
  return `${enter} || exit 125; exec unshare --cgroup sh -c ${singleQuoted(inner)} sh "$@"`;
}

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What is kept waits under /mnt while the folder above it is covered. */
function hiding({ hide, keep = [] }: NamespacedOptions): string {
  const kept = keep.filter((path) => hide.some((folder) => path.startsWith(`${folder}/`)));
  const doors = kept.map((path, index) => ({ path, door: `/mnt/${index}` }));
  return [
    ...(doors.length > 0 ? ['mount -t tmpfs slipway /mnt'] : []),
    ...doors.map(({ path, door }) => `mkdir ${door} && mount --bind '${path}' ${door}`),
    ...hide.map((folder) => `mount -t tmpfs slipway '${folder}'`),
    ...doors.map(({ path, door }) => `mkdir -p '${path}' && mount --move ${door} '${path}'`),
    ...(doors.length > 0 ? ['umount /mnt'] : []),
    '',
  ].join(' && ');
}

/** Process 1 of the new namespace; `unshare` has a short-lived child before it, which sets the ids of a user. */
async function firstInside(pid: number, hasExited: () => boolean): Promise<number> {
  for (;;) {
    for (const child of await childrenOf(pid)) if (await isFirst(child)) return child;
    if (hasExited()) return 0;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function isFirst(pid: number): Promise<boolean> {
  try {
    return /^NSpid:.*\s1$/m.test(await readFile(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ESRCH')) throw error;
    return false;
  }
}

/** In the order they were started. */
export async function childrenOf(pid: number): Promise<number[]> {
  const names = await readdir('/proc');
  const children: number[] = [];
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The fields after the name, which may hold spaces and brackets: state, parent (proc_pid_stat(5)).
      const fields = (await readFile(`/proc/${name}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? [];
      if (Number(fields[1]) === pid) children.push(Number(name));
    } catch (error) {
      // Ended while we were looking.
      if (!hasCode(error, 'ENOENT', 'ESRCH')) throw error;
    }
  }
  return children.toSorted((a, b) => a - b);
}

async function end(
  child: ChildProcess,
  holder: number,
  exited: Promise<unknown>,
  grace: number,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (grace > 0) {
    for (const program of await childrenOf(holder)) signal(program, 'SIGTERM');
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, grace))]);
  }
  // The holder first: `unshare` then waits until its namespace is empty, which is what `exited` promises.
  if (child.exitCode === null && child.signalCode === null) signal(holder || (child.pid ?? 0), 'SIGKILL');
  await exited;
}

function signal(pid: number, name: NodeJS.Signals): void {
  if (pid <= 1) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}
