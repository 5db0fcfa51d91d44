import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where listeners put their sockets; their names begin with ours and tell whose they are. */
export type SocketFolder = {
  socketOf(source: number): string;
  remove(): Promise<void>;
};

const PREFIX = 'slipway-wire-';
/** A socket's path takes at most 107 bytes on Linux, 103 on macOS; six are of mkdtemp, the rest is `/12.sock`. */
const LONGEST_PATH = 103;
const REST = `${PREFIX}4194304-XXXXXX/9999.sock`.length + 1;

/**
 * A folder for nobody else's eyes. What a Slipway that was killed has left beside it is removed.
 *
 * @param base where it is made; by default where the login keeps such things
 */
export async function makeSocketFolder(base?: string): Promise<SocketFolder> {
  if (process.platform === 'win32') return namedPipes();
  const bases = base === undefined ? usualBases() : [base];
  await Promise.all(bases.map(removeLeftovers));
  const folder = await makeFirst(bases);
  return {
    socketOf: (source) => join(folder, `${source}.sock`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function usualBases(): string[] {
  const candidates = [process.env['XDG_RUNTIME_DIR'] ?? '', tmpdir(), '/tmp'];
  return candidates.filter((path) => path !== '' && Buffer.byteLength(path) + REST <= LONGEST_PATH);
}

/** A login's folder may be named and not be there, as after `su`. mkdtemp makes folders with mode 0700. */
async function makeFirst(bases: readonly string[]): Promise<string> {
  const problems: unknown[] = [];
  for (const base of bases) {
    try {
      return await mkdtemp(join(base, `${PREFIX}${process.pid}-`));
    } catch (error) {
      problems.push(error);
    }
  }
  throw new AggregateError(problems, `there is no place for a socket: ${bases.join(', ')}`);
}

function namedPipes(): SocketFolder {
  const name = `${PREFIX}${process.pid}-${Math.random().toString(36).slice(2)}`;
  return { socketOf: (source) => `\\\\.\\pipe\\${name}-${source}`, remove: () => Promise.resolve() };
}

async function removeLeftovers(base: string): Promise<void> {
  // A base that is not there, or not ours to look into, holds nothing of ours.
  const names = await readdir(base).catch(() => []);
  for (const name of names) {
    const folder = join(base, name);
    if (isOfDeadProcess(name) && (await isOurs(folder)) && !(await isInUse(folder)))
      await rm(folder, { recursive: true, force: true });
  }
}

function isOfDeadProcess(name: string): boolean {
  const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? 0);
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM: somebody else's, but there.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

async function isOurs(folder: string): Promise<boolean> {
  // Another Slipway may be removing it at this moment.
  const found = await lstat(folder).catch(() => null);
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}

/** A process in another pid namespace looks dead from here, but its sockets answer where the folder is shared. */
async function isInUse(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const answers = await Promise.all(names.map((name) => isAnswered(join(folder, name))));
  return answers.includes(true);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
