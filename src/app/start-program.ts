import type { Surroundings } from '../engine/routes/surroundings.ts';
import { screenSize } from '../model/layout.ts';
import { reduce } from '../model/reduce.ts';
import { isFirstStart, welcomedFile } from './welcome.ts';
import { initialState, type Size } from '../model/state.ts';
import { createProgramWire, RUN_LABEL, type ProgramWire } from './program-wire.ts';
import { EngineSession } from './engine-session.ts';
import type { ProgramStore } from './program-store.ts';
import type { Arguments } from './read-arguments.ts';
import { configFile, readConfig } from './read-config.ts';
import { createStore } from './store.ts';

/** A program under way that has no screen yet. */
export type StartedProgram = {
  store: ProgramStore;
  session: EngineSession;
  wire: ProgramWire;
  args: Arguments;
  env: NodeJS.ProcessEnv;
  home: string;
  /** Value of the wire's label in this run. */
  run: string;
  /** Settles when it is to end: with the exit code, or with what was a bug. */
  end: PromiseWithResolvers<number>;
};

export type StartOptions = {
  surroundings: Surroundings;
  args: Arguments;
  /** An engine was named: no other is to be on screen. */
  isNamed: boolean;
  size: Size;
  env: NodeJS.ProcessEnv;
};

/** Begins to look for an engine, so that its answers are on their way while the screen's code is loaded. */
export async function startProgram({
  surroundings,
  args,
  isNamed,
  size,
  env,
}: StartOptions): Promise<StartedProgram> {
  const config = await readConfig(configFile(env, surroundings.home));
  const end = Promise.withResolvers<number>();
  // It may fail before anyone waits for it.
  end.promise.catch(() => undefined);
  const welcome = isFirstStart(args, isNamed, welcomedFile(env, surroundings.home));
  const store = createStore(
    reduce,
    initialState(screenSize(size, args.screenReader), Date.now(), config, { welcome }),
  );
  const onError = (error: unknown): void => end.reject(error);
  // Tells apart what several runs have made; loading `node:crypto` for it would cost milliseconds.
  const run = Math.random().toString(16).slice(2, 10);
  store.dispatch({ type: 'run-named', label: RUN_LABEL, run });
  // Who never opens a terminal needs no wire.
  const wire = createProgramWire(store, run, async (options) => {
    const { openWire } = await import('../wire/open-wire.ts');
    return openWire(options);
  });
  const session = new EngineSession(store, {
    surroundings,
    yes: args.yes,
    keep: args.keep,
    sandboxKind: args.sandboxKind,
    onEngine: wire.setEngine,
    onError,
  });
  if (args.sandbox || (args.command === 'learn' && !isNamed && (await canHaveSandbox())))
    session.startSandbox();
  else session.search();
  return { store, session, wire, args, env, home: surroundings.home, run, end };
}

/** Waits until there is something to show: the first list, or a question; at most so many milliseconds. */
export async function untilWorthShowing({ store }: StartedProgram, atMost: number): Promise<void> {
  const isReady = (): boolean => {
    const { connect, objects } = store.getState();
    return connect.phase === 'done' ? objects.container.items !== null : connect.phase !== 'searching';
  };
  if (isReady()) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(finish, atMost);
    const unsubscribe = store.subscribe(() => {
      if (isReady()) finish();
    });
  });
}

/** Lessons are at home in a sandbox; where there can be none, on whatever engine is found. */
async function canHaveSandbox(): Promise<boolean> {
  const { sandboxAbility } = await import('../sandbox/ability.ts');
  return (await sandboxAbility()).can;
}
