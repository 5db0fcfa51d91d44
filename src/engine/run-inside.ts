import type { Duplex } from 'node:stream';
import { apiPath } from './api-path.ts';
import type { Client } from './client.ts';
import { brokenOff, cancelled, tooSlow } from './connection-error.ts';
import { EngineError } from './errors.ts';
import { createExec, exitCode } from './exec-session.ts';
import { splitOutputs } from './split-outputs.ts';
import type { Outputs } from './split-outputs.ts';

/** For programs that only read something. */
const RUN_WITHIN = 5000;

export type InsideOptions = { limit: number; signal?: AbortSignal | undefined };

/** Runs a short program in a running container, with nothing to read; its output may have at most `limit` bytes. */
export async function runInside(
  client: Client,
  containerId: string,
  command: readonly string[],
  { limit, signal }: InsideOptions,
): Promise<Outputs & { exitCode: number }> {
  // Messages that are recognised have to be in English.
  const options = { command, tty: false, columns: 80, rows: 24, env: ['LC_ALL=C'] };
  const id = await createExec(client, containerId, options);
  const socket = await client.hijack({
    method: 'POST',
    path: apiPath`/exec/${id}/start`,
    body: { Detach: false, Tty: false },
    signal,
  });
  const outputs = splitOutputs(await readToEnd(socket, limit, signal));
  return { ...outputs, exitCode: await exitCode(client, id, socket) };
}

function readToEnd(socket: Duplex, limit: number, signal: AbortSignal | undefined): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isDone = false;
    const give = (error: Error): void => {
      reject(error);
      socket.destroy();
    };
    const timer = setTimeout(
      () => give(tooSlow('no answer from inside the container', RUN_WITHIN)),
      RUN_WITHIN,
    );
    const abort = (): void => give(cancelled());
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > limit) give(new EngineError('protocol', 'the program inside writes too much'));
    });
    socket.on('end', () => {
      isDone = true;
      socket.end();
    });
    socket.on('close', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (isDone) resolve(Buffer.concat(chunks));
      else reject(brokenOff());
    });
  });
}
