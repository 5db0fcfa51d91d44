import type { ReadStream, WriteStream } from 'node:tty';
import { openLessons } from '../model/actions/open-lessons.ts';
import { createBuilder } from '../app/build/builder.ts';
import { createLearn } from '../app/learn/learn.ts';
import { keepTime } from '../app/keep-time.ts';
import { copy, runIntents, suspend, type ProgramParts } from '../app/program.ts';
import { shellOpeners } from '../app/shell-openers.ts';
import { shellColors, ShellTabs } from '../app/shell-tabs.ts';
import { terminalCapabilities } from '../app/terminal-capabilities.ts';
import { rememberWelcome, welcomedFile } from '../app/welcome.ts';
import { untilWorthShowing, type StartedProgram } from '../app/start-program.ts';
import { press, paste } from '../model/press.ts';
import { mouseIntents } from '../model/mouse.ts';
import type { Input } from './input/read-keys.ts';
import type { Arguments } from '../app/read-arguments.ts';
import { startUi } from './start-ui.tsx';

/** Exit code after a signal, as shells count. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** An engine that answers within this time, in milliseconds, is in the first frame; nobody sees the pause. */
const FIRST_FRAME_WITHIN = 80;

/** Gives a started program its screen, and runs it to its end. Gives the exit code; throws what was a bug. The terminal is given back first. */
export async function openProgram(
  started: StartedProgram,
  stdin: ReadStream,
  stdout: WriteStream,
): Promise<number> {
  const { store, session, wire, args, env, end } = started;
  const onError = (error: unknown): void => end.reject(error);
  const living = new AbortController();
  await untilWorthShowing(started, FIRST_FRAME_WITHIN);
  const ui = startUi({
    store,
    stdin,
    stdout,
    env,
    screenReader: args.screenReader,
    onInput: (input) => onInput(parts, input),
    onError,
  });
  const shells = new ShellTabs({
    store,
    openers: shellOpeners({
      engine: () => session.engine,
      wire,
      env,
      stdout,
      startIn: () => learn.workFolder(),
    }),
    colors: shellColors(terminalCapabilities(env, stdout).colors),
    copy: (text) => copy({ store, terminal: ui, env }, text, 'the selection'),
    onError,
  });
  const { home, run } = started;
  const learn = createLearn({
    store,
    session,
    wire,
    shells: () => shells,
    env,
    home,
    run,
    language: args.language,
    preview: args.preview,
    onError,
  });
  const builder = createBuilder({
    store,
    engine: () => session.engine,
    startIn: () => learn.workFolder() ?? process.cwd(),
    onError,
  });
  const parts: ProgramParts = {
    store,
    session,
    shells,
    learn,
    builder,
    terminal: ui,
    env,
    quit: () => end.resolve(0),
    onError,
  };
  keepTime(store, living.signal);
  rememberWelcome(store, welcomedFile(env, home));
  const stopListening = listenToProcess(parts, end);
  if (args.command === 'learn') openLearn(parts, args);
  try {
    return await end.promise;
  } finally {
    stopListening();
    living.abort();
    ui.stop();
    builder.close();
    await Promise.all([learn.close(), shells.end()]);
    session.close();
    await wire.close();
  }
}

/** What `slipway learn` opens: the lesson that was named, else the list of all. */
function openLearn(parts: ProgramParts, { rest: [lesson], set }: Arguments): void {
  if (set !== null) parts.learn.do({ do: 'choose-set', set });
  if (lesson !== undefined) return parts.learn.do({ do: 'open-lesson', lesson, anew: false });
  runIntents(parts, openLessons());
}

function onInput(parts: ProgramParts, input: Input): void {
  const state = parts.store.getState();
  switch (input.type) {
    case 'key':
      return runIntents(parts, press(state, input.key, input.raw));
    case 'paste':
      return runIntents(parts, paste(state, input.text));
    case 'mouse':
      return runIntents(parts, mouseIntents(state, input.mouse));
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
