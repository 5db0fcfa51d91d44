import type { Ref } from '../engine/commands.ts';
import type { Engine, ExecSession } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { TerminalHost } from './terminal-host.ts';

/** The best shell that the image has. */
export const CONTAINER_SHELL = [
  'sh',
  '-c',
  'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi',
];

/**
 * Opens a shell in a container on the whole terminal, and takes the terminal again when it ends. Gives how it ended;
 * `opened` is false where the container had none to run. Throws `EngineError` where the container cannot run one.
 */
export async function openShell(
  engine: Engine,
  container: Ref,
  terminal: TerminalHost,
): Promise<{ code: number; opened: boolean }> {
  const { stdin, stdout } = terminal;
  const size = { columns: stdout.columns, rows: stdout.rows };
  const term = process.env['TERM'] ?? 'xterm';
  const session = await engine.exec(container.id, {
    command: CONTAINER_SHELL,
    tty: true,
    ...size,
    env: [`TERM=${term}`],
  });
  let typed = false;
  const onTyped = (): void => {
    typed = true;
  };
  await terminal.lend(async () => {
    const ended = new Promise<void>((resolve) => {
      session.stream.once('close', resolve);
      session.stream.once('end', resolve);
      // A connection that breaks ends the shell; the list tells what became of the engine.
      session.stream.once('error', () => resolve());
    });
    const resize = (): void => {
      session.resize(stdout.columns, stdout.rows).catch(() => undefined);
    };
    stdout.write(`A shell in ${container.name}; exit or Ctrl-D leads back to Slipway.\r\n`);
    stdin.setRawMode(true);
    stdin.resume();
    stdin.once('data', onTyped);
    stdin.pipe(session.stream, { end: false });
    session.stream.pipe(stdout, { end: false });
    stdout.on('resize', resize);
    resize();
    await ended;
    stdout.off('resize', resize);
    stdin.off('data', onTyped);
    stdin.unpipe(session.stream);
    session.stream.unpipe(stdout);
    stdin.setRawMode(false);
  });
  session.stream.destroy();
  const code = await shellExitCode(session, container);
  // A program that is not there also ends with 126 or 127, but nobody has typed anything into it.
  return { code, opened: typed || (code !== 126 && code !== 127) };
}

/** How a shell in a container ended. Podman forgets it together with its container: “no exec session with ID …”. */
export async function shellExitCode(session: ExecSession, container: Ref): Promise<number> {
  try {
    return await session.exitCode();
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
    throw new EngineError('not-found', `The shell has ended: ${container.name} is gone`, { cause: error });
  }
}
