import { type ChildProcess, spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A plain user who exists only for the programs that are started as it: the machine's own lists of users are left alone. */
export type PlainUser = {
  home: string;
  spawn(command: readonly string[], env?: NodeJS.ProcessEnv): ChildProcess;
  /** Gives what it printed to both outputs, and its exit code. */
  run(command: readonly string[], env?: NodeJS.ProcessEnv): Promise<{ code: number | null; text: string }>;
  /** Processes of the user and of its range of ids that have not ended. */
  processes(): Promise<readonly string[]>;
  discard(): Promise<void>;
};

const FIRST_ID = 4_000_000;
const RANGE = 65_536;

/** @param ids whether it has a range of ids for user namespaces, as `useradd` gives one. Needs root. */
export async function plainUser({ ids = true }: { ids?: boolean } = {}): Promise<PlainUser> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-user-'));
  const uid = 20_000 + Math.floor(Math.random() * 10_000);
  const first = FIRST_ID + (uid - 20_000) * RANGE;
  const home = join(folder, 'home');
  await mkdir(home);
  await chown(folder, uid, uid);
  await chown(home, uid, uid);
  const lists = {
    passwd: `${await readFile('/etc/passwd', 'utf8')}learner:x:${uid}:${uid}::${home}:/bin/sh\n`,
    group: `${await readFile('/etc/group', 'utf8')}learner:x:${uid}:\n`,
    subuid: ids ? `learner:${first}:${RANGE}\n` : '',
    subgid: ids ? `learner:${first}:${RANGE}\n` : '',
  };
  for (const [name, text] of Object.entries(lists)) await writeFile(join(folder, name), text);
  const binds = Object.keys(lists).map(
    (name) => `touch /etc/${name} && mount --bind ${folder}/${name} /etc/${name}`,
  );
  const become = `exec setpriv --reuid=${uid} --regid=${uid} --clear-groups -- "$@"`;
  const script = `${binds.join(' && ')} && ${become}`;
  const user: PlainUser = {
    home,
    spawn: (command, env = {}) =>
      spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...command], {
        cwd: '/',
        env: { PATH: process.env['PATH'], HOME: home, USER: 'learner', ...env },
      }),
    run: (command, env) =>
      new Promise((resolve, reject) => {
        const child = user.spawn(command, env);
        let text = '';
        for (const output of [child.stdout, child.stderr])
          output?.setEncoding('utf8').on('data', (part: string) => (text += part));
        child.on('error', reject);
        child.on('close', (code) => resolve({ code, text }));
      }),
    processes: () => processesOf((id) => id === uid || (id >= first && id < first + RANGE)),
    discard: () => rm(folder, { recursive: true, force: true }),
  };
  return user;
}

async function processesOf(isTheirs: (uid: number) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // Ended while we were looking.
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const id = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? -1);
    const name = /^Name:\s+(.*)/m.exec(status)?.[1] ?? '';
    // What has ended and is not yet reaped holds nothing.
    if (isTheirs(id) && !/^State:\s+Z/m.test(status)) found.push(`${pid} ${name}`);
  }
  return found;
}
