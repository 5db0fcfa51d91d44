import { Readable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { apiPath } from '../api-path.ts';
import { cleanText } from '../clean-text.ts';
import type { Client } from '../client.ts';
import { brokenOff, cancelled } from '../connection-error.ts';
import { EngineError } from '../errors.ts';
import { createExec, exitCode } from '../exec-session.ts';
import { looseRow } from '../fields.ts';

const HEADER = 8;
const STDERR = 2;
/** What is kept of a program's words, and of its output in case that is words as well (“executable file not found”). */
const WORDS = 2000;
/** Milliseconds between two questions whether it still runs. */
const WATCH_EVERY = 500;

/** A program running in a container, its input and output streamed. */
export type ProgramInside = {
  stdout: Readable;
  /** Sends all of it and then the end of the input. */
  feed(input: Readable): Promise<void>;
  /** Once it has ended: its exit code, and what it said of its troubles. */
  ended(): Promise<{ exitCode: number; said: string }>;
  stop(): void;
};

/** Runs it as root, as the archive API reads and writes as root too. */
export async function startInside(
  client: Client,
  containerId: string,
  command: readonly string[],
  signal: AbortSignal,
): Promise<ProgramInside> {
  const options = { command, tty: false, columns: 80, rows: 24, env: ['LC_ALL=C'], user: '0' };
  const id = await createExec(client, containerId, options);
  const path = apiPath`/exec/${id}/start`;
  const socket = await client.hijack({ method: 'POST', path, body: { Detach: false, Tty: false }, signal });
  const words = { stdout: '', stderr: '' };
  const stdout = outputOf(socket, words, signal);
  return {
    stdout,
    feed: (input) => feed(client, id, socket, input, signal),
    async ended() {
      stdout.resume();
      const code = await exitCode(client, id, socket);
      return { exitCode: code, said: cleanText(words.stderr || words.stdout).trim() };
    },
    stop: () => void socket.destroy(),
  };
}

/**
 * A program that ends early takes no more, and dockerd (20.10) may leave the connection open then: whether it still runs
 * is asked from time to time. How it ended is for its exit code to say.
 */
async function feed(
  client: Client,
  id: string,
  socket: Duplex,
  input: Readable,
  signal: AbortSignal,
): Promise<void> {
  const watch = setInterval(() => {
    client.json({ path: apiPath`/exec/${id}/json`, signal }).then(
      (exec) => looseRow(exec)['Running'] === false && socket.destroy(),
      () => socket.destroy(),
    );
  }, WATCH_EVERY);
  try {
    await pipeline(input, socket, { end: true });
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (input.errored !== null && input.errored !== error) throw input.errored;
    if (error instanceof EngineError) throw error;
    if (!socket.destroyed) throw error;
  } finally {
    clearInterval(watch);
  }
}

/** The frames that carry the output, without their headers; the reader sets the pace. */
function outputOf(socket: Duplex, words: { stdout: string; stderr: string }, signal: AbortSignal): Readable {
  const stdout = new Readable({
    read: () => void socket.resume(),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  let header = Buffer.alloc(0);
  let owed = 0;
  socket.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length;) {
      if (owed === 0) {
        const missing = HEADER - header.length;
        header = Buffer.concat([header, chunk.subarray(at, at + missing)]);
        at += missing;
        if (header.length < HEADER) return;
        owed = header.readUInt32BE(4);
      } else {
        const part = chunk.subarray(at, at + owed);
        const isError = header[0] === STDERR;
        const key = isError ? 'stderr' : 'stdout';
        if (words[key].length < WORDS) words[key] += part.toString('utf8', 0, WORDS);
        if (!isError && !stdout.push(part)) socket.pause();
        owed -= part.length;
        at += part.length;
      }
      if (owed === 0 && header.length === HEADER) header = Buffer.alloc(0);
    }
  });
  socket.once('end', () => stdout.push(null));
  socket.once('close', () => {
    if (!socket.readableEnded) stdout.destroy(signal.aborted ? cancelled() : brokenOff());
  });
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  return stdout;
}
