import type { ReadStream, WriteStream } from 'node:tty';
import { EngineSession } from '../app/engine-session.ts';
import { keepTime } from '../app/keep-time.ts';
import { runIntents, suspend, type ProgramParts } from '../app/program.ts';
import type { Arguments } from '../app/read-arguments.ts';
import { configFile, readConfig } from '../app/read-config.ts';
import { createStore } from '../app/store.ts';
import type { Surroundings } from '../engine/routes/surroundings.ts';
import { press, paste } from '../model/press.ts';
import { reduce } from '../model/reduce.ts';
import { initialState } from '../model/state.ts';
import { clickIntents, wheelIntents } from '../model/mouse.ts';
import type { Input } from './input/read-keys.ts';
import { screenSize, startUi } from './start-ui.tsx';

export type OpenOptions = {
  surroundings: Surroundings;
  args: Arguments;
  stdin: ReadStream;
  stdout: WriteStream;
  env: NodeJS.ProcessEnv;
};

/** Exit code after a signal, as shells count. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Runs the full-screen program to its end, and gives the exit code; throws what was a bug. The terminal is given back first. */
export async function openProgram({ surroundings, args, stdin, stdout, env }: OpenOptions): Promise<number> {
  const config = await readConfig(configFile(env, surroundings.home));
  const end = Promise.withResolvers<number>();
  const onError = (error: unknown): void => end.reject(error);
  const store = createStore(reduce, initialState(screenSize(stdout, args.screenReader), Date.now(), config));
  const session = new EngineSession(store, { surroundings, yes: args.yes, keep: args.keep, onError });
  if (args.sandbox) session.startSandbox();
  else session.search();
  const living = new AbortController();
  const ui = startUi({
    store,
    stdin,
    stdout,
    env,
    screenReader: args.screenReader,
    onInput: (input) => onInput(parts, input),
    onError,
  });
  const parts: ProgramParts = { store, session, terminal: ui, env, quit: () => end.resolve(0), onError };
  keepTime(store, living.signal);
  const stopListening = listenToProcess(parts, end);
  try {
    return await end.promise;
  } finally {
    stopListening();
    living.abort();
    ui.stop();
    session.close();
  }
}

function onInput(parts: ProgramParts, input: Input): void {
  const state = parts.store.getState();
  switch (input.type) {
    case 'key':
      return runIntents(parts, press(state, input.key));
    case 'paste':
      return runIntents(parts, paste(state, input.text));
    case 'mouse': {
      const { action, x, y } = input;
      return runIntents(
        parts,
        action === 'press'
          ? clickIntents(state, x, y)
          : wheelIntents(state, x, y, action === 'wheel-up' ? -1 : 1),
      );
    }
    case 'focus':
      return;
  }
}

type End = PromiseWithResolvers<number>;

/** Signals and bugs end the program in the one way that gives the terminal back. */
function listenToProcess(parts: ProgramParts, end: End): () => void {
  const signals = Object.entries(SIGNAL_CODES).map(
    ([signal, code]) => [signal, () => end.resolve(code)] as const,
  );
  const onStop = (): void => {
    suspend(parts).catch(parts.onError);
  };
  const onBug = (error: unknown): void => end.reject(error);
  for (const [signal, handler] of signals) process.on(signal, handler);
  process.on('SIGTSTP', onStop);
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
  return () => {
    for (const [signal, handler] of signals) process.off(signal, handler);
    process.off('SIGTSTP', onStop);
    process.off('uncaughtException', onBug);
    process.off('unhandledRejection', onBug);
  };
}
