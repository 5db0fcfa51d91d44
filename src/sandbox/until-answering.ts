import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAnswering } from './is-answering.ts';

/** Slowest start seen on a busy machine: 4.2 s. */
const READY_WITHIN = 20_000;

export type Starting = {
  /** As it is called in messages. */
  program: string;
  socket: string;
  log: string;
  hasExited: () => boolean;
  signal: AbortSignal | undefined;
};

/** Throws with the last lines of the engine's log when it ends or keeps silent instead. */
export async function untilAnswering({ program, socket, log, hasExited, signal }: Starting): Promise<void> {
  const deadline = Date.now() + READY_WITHIN;
  while (!(existsSync(socket) && (await isAnswering(socket)))) {
    signal?.throwIfAborted();
    if (hasExited()) throw new Error(`${program} ended at once.\n${await lastLines(log)}`);
    if (Date.now() > deadline)
      throw new Error(`${program} did not answer within ${READY_WITHIN / 1000} s.\n${await lastLines(log)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function lastLines(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-6).join('\n');
}
