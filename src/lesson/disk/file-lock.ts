import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { hasCode } from '../../sandbox/has-code.ts';

/** A writer holds it for milliseconds. One that lives and holds it longer is stuck: better an error than to wait for it. */
const WAIT_AT_MOST = 10_000;
const LOOK_AGAIN_AFTER = 15;

/** Runs the task while no other process is in one with the same lock. A lock of a dead process is taken over. */
export async function withLock<T>(path: string, task: () => Promise<T>): Promise<T> {
  const name = `${process.pid} ${randomUUID()}`;
  const deadline = Date.now() + WAIT_AT_MOST;
  while (!(await take(path, name))) {
    await takeFromTheDead(path);
    if (Date.now() > deadline) throw heldTooLong(path);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_AFTER));
  }
  try {
    return await task();
  } finally {
    if ((await holderOf(path)) === name) await rm(path, { force: true });
  }
}

/** Like what a disk says, so that it is told as that is. */
function heldTooLong(path: string): Error {
  const message = `another Slipway has held ${path} for ${WAIT_AT_MOST / 1000} s`;
  return Object.assign(new Error(message), { code: 'EBUSY', syscall: 'link' });
}

/** The lock appears with its content in it, by a link, which fails where there is one. */
async function take(path: string, name: string): Promise<boolean> {
  const own = `${path}-${name.replace(' ', '-')}`;
  const file = await open(own, 'wx', 0o600);
  try {
    await file.writeFile(name);
  } finally {
    await file.close();
  }
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function takeFromTheDead(path: string): Promise<void> {
  const holder = await holderOf(path);
  if (holder === null || isAlive(holder)) return;
  const aside = `${path}-dead-${randomUUID()}`;
  try {
    await rename(path, aside);
    // Somebody was quicker, and what was moved is a living one's: it is put back.
    if ((await readFile(aside, 'utf8')) !== holder) await link(aside, path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function holderOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

export function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
