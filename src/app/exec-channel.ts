import type { Ref } from '../engine/commands.ts';
import type { Engine } from '../engine/engine.ts';
import type { Size } from '../model/state.ts';
import type { Channel, ChannelExit } from '../terminal/channel.ts';
import { CONTAINER_SHELL, shellExitCode } from './open-shell.ts';

/** A program that is not there ends with one of these; so may a shell, but not before anybody has typed. */
const NOT_THERE: readonly number[] = [126, 127];

/** Ctrl-D, and how long a shell may take to go after it, in milliseconds. */
const END_OF_INPUT = '\x04';
const FAREWELL = 1_000;

/** A shell inside a container, in the place of a pseudo-terminal. Throws `EngineError` where none can be run. */
export async function openExecChannel(engine: Engine, container: Ref, size: Size): Promise<Channel> {
  const session = await engine.exec(container.id, {
    command: CONTAINER_SHELL,
    tty: true,
    ...size,
    env: ['TERM=xterm-256color'],
  });
  const { stream } = session;
  let typed = false;
  let broke = '';
  let leaving: NodeJS.Timeout | undefined;
  stream.once('close', () => clearTimeout(leaving));
  stream.on('error', (error) => {
    broke = error.message;
  });
  const exit = async (): Promise<ChannelExit> => {
    const code = await shellExitCode(session, container);
    const isMissing = !typed && NOT_THERE.includes(code);
    return { code, signal: 0, why: isMissing ? `${container.name} has no shell to open` : broke };
  };
  return {
    onData: (listener) => void stream.on('data', listener),
    onExit: (listener) =>
      void stream.once('close', () => {
        exit().then(listener, (error: Error) => listener({ code: -1, signal: 0, why: error.message }));
      }),
    write(text) {
      typed = true;
      if (stream.writable) stream.write(text);
    },
    resize(columns, rows) {
      // It may have ended, or the engine be away; the end of the stream tells.
      session.resize(columns, rows).catch(() => undefined);
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    close() {
      if (stream.destroyed || leaving !== undefined) return;
      // Cut off, the engine would leave the shell running in the container: the end of its input ends it.
      stream.resume().end(END_OF_INPUT);
      leaving = setTimeout(() => stream.destroy(), FAREWELL);
    },
    foreground: () => '',
  };
}
