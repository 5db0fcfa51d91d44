import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { apiPath, withQuery } from './api-path.ts';
import type { Client } from './client.ts';
import { demuxed } from './demuxed.ts';
import type { ExecOptions, ExecSession } from './engine.ts';
import { EngineError } from './errors.ts';
import { looseRow } from './fields.ts';

/** The engine writes the exit code a moment after the stream has ended. */
const EXIT_CODE_TRIES = 40;
const EXIT_CODE_PAUSE = 25;

/** Runs a program in a container, with its input and output on one two-way stream. */
export async function execSession(
  client: Client,
  containerId: string,
  options: ExecOptions,
): Promise<ExecSession> {
  const id = await createExec(client, containerId, options);
  const socket = await client.hijack({
    method: 'POST',
    path: apiPath`/exec/${id}/start`,
    body: { Detach: false, Tty: options.tty, ...consoleSize(options) },
  });
  const resize = (columns: number, rows: number): Promise<void> => resizeExec(client, id, columns, rows);
  if (options.tty) await resize(options.columns, options.rows);
  return {
    stream: options.tty ? socket : demuxed(socket),
    resize,
    exitCode: () => exitCode(client, id, socket),
  };
}

export async function createExec(client: Client, containerId: string, options: ExecOptions): Promise<string> {
  const reply = await client.json({
    method: 'POST',
    path: apiPath`/containers/${containerId}/exec`,
    body: {
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: options.tty,
      Cmd: options.command,
      Env: options.env ?? [],
      ...(options.user !== undefined && { User: options.user }),
      ...consoleSize(options),
    },
  });
  const id = looseRow(reply)['Id'];
  if (typeof id === 'string') return id;
  throw new EngineError('protocol', 'the engine made an exec without an id');
}

/** Since API 1.42 the program starts with the right size; older engines need a resize, and it may come too late. */
function consoleSize({ tty, rows, columns }: ExecOptions): { ConsoleSize?: [height: number, width: number] } {
  return tty ? { ConsoleSize: [rows, columns] } : {};
}

/** Too early (the program has not started yet) or too late (it has ended): both are nothing to complain of. */
async function resizeExec(client: Client, id: string, columns: number, rows: number): Promise<void> {
  const path = withQuery(apiPath`/exec/${id}/resize`, { h: rows, w: columns });
  for (let tries = 3; tries > 0; tries--) {
    try {
      await client.send({ method: 'POST', path });
      return;
    } catch (error) {
      if (!(error instanceof EngineError) || !['not-found', 'conflict', 'failed'].includes(error.kind))
        throw error;
      await wait(EXIT_CODE_PAUSE);
    }
  }
}

export async function exitCode(client: Client, id: string, socket: Duplex): Promise<number> {
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  for (let tries = EXIT_CODE_TRIES; tries > 0; tries--) {
    const { Running, ExitCode } = looseRow(await client.json({ path: apiPath`/exec/${id}/json` }));
    if (Running === false && typeof ExitCode === 'number') return ExitCode;
    await wait(EXIT_CODE_PAUSE);
  }
  throw new EngineError('protocol', 'the engine does not say how the program ended');
}
