import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import type { Client } from '../client.ts';
import { EngineError } from '../errors.ts';
import { isUtf8Path } from './is-utf8-path.ts';
import { startInside, type ProgramInside } from './program-inside.ts';

const NEEDS_TAR =
  'What lives in memory can be copied only by a program in the container: it needs `tar`, and a container that is not paused.';

/** Lends an archive that `tar` in the running container writes. */
export async function copyOutInside<T>(
  client: Client,
  containerId: string,
  path: string,
  signal: AbortSignal,
  work: (archive: Readable) => Promise<T>,
): Promise<T> {
  const name = path === '/' ? '.' : posix.basename(path);
  const operand = name.startsWith('-') ? `./${name}` : name;
  const tar = ['tar', '-c', '-f', '-', '-C', posix.dirname(path), operand];
  return run(client, containerId, tar, signal, async (program) => work(program.stdout));
}

/** `tar` in the running container unpacks the archive. */
export async function copyInInside(
  client: Client,
  containerId: string,
  folder: string,
  archive: Readable,
  signal: AbortSignal,
): Promise<void> {
  await run(client, containerId, ['tar', '-x', '-f', '-', '-C', folder], signal, (program) =>
    program.feed(archive),
  );
}

async function run<T>(
  client: Client,
  containerId: string,
  command: readonly string[],
  signal: AbortSignal,
  work: (program: ProgramInside) => Promise<T>,
): Promise<T> {
  if (!command.every(isUtf8Path))
    throw new EngineError('unsupported', 'a name on the way is not UTF-8, and lives in memory', {
      advice: 'The engine cannot tell a program in the container such a name.',
    });
  const program = await startInside(client, containerId, command, signal);
  try {
    const result = await work(program);
    await check(program);
    return result;
  } catch (error) {
    // An archive that cannot be read is `tar` saying why, more often than not.
    if (!signal.aborted && error instanceof EngineError && error.kind === 'protocol') await check(program);
    throw error;
  } finally {
    program.stop();
  }
}

async function check(program: ProgramInside): Promise<void> {
  const { exitCode, said } = await program.ended();
  if (exitCode === 0) return;
  if (/^tar: .*no such file/im.test(said)) throw new EngineError('not-found', said);
  throw new EngineError('unsupported', said || `tar ended with code ${exitCode}`, { advice: NEEDS_TAR });
}
