import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What this user may do with engines on this machine. */
export type Rights = {
  uid: number;
  /** `not-yet`: the group has the user, but this login began before that. */
  dockerGroup: 'member' | 'not-yet' | 'no' | 'no-such-group' | 'unknown';
  /** `password`: sudo is there and would ask, or say no. */
  sudo: 'root' | 'without-password' | 'password' | 'none';
};

/** sudo may ask a slow directory server who we are. */
const SUDO_TIMEOUT_MS = 2000;

export async function readRights(uid: number, userName: string, root = ''): Promise<Rights> {
  const [dockerGroup, sudo] = await Promise.all([dockerGroupOf(userName, root), sudoOf(uid)]);
  return { uid, dockerGroup, sudo };
}

async function dockerGroupOf(userName: string, root: string): Promise<Rights['dockerGroup']> {
  const groups = await readFile(`${root}/etc/group`, 'utf8').catch(() => null);
  if (groups === null) return 'unknown';
  const [, , gid, members] =
    groups
      .split('\n')
      .find((line) => line.startsWith('docker:'))
      ?.split(':') ?? [];
  if (gid === undefined) return 'no-such-group';
  if (process.getgroups?.().includes(Number(gid))) return 'member';
  return (members ?? '').split(',').includes(userName) ? 'not-yet' : 'no';
}

async function sudoOf(uid: number): Promise<Rights['sudo']> {
  if (uid === 0) return 'root';
  return new Promise((resolve) => {
    // -n: never asks for a password.
    execFile('sudo', ['-n', 'true'], { timeout: SUDO_TIMEOUT_MS }, (error) => {
      if (error === null) resolve('without-password');
      else resolve(error.code === 'ENOENT' ? 'none' : 'password');
    });
  });
}
