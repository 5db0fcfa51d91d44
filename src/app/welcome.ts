import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { learnFolder } from '../lesson/learn-folder.ts';
import type { State } from '../model/state.ts';
import type { ProgramStore } from './program-store.ts';
import type { Arguments } from './read-arguments.ts';
import { say } from './say.ts';

/** There once the welcome was answered, with the answer in it. */
export function welcomedFile(env: NodeJS.ProcessEnv, home: string): string {
  return join(learnFolder(env, home), 'welcomed');
}

/** Whether someone is here for the first time. Who names an engine or a command knows what they want. */
export function isFirstStart(args: Arguments, isNamed: boolean, file: string): boolean {
  return args.command === 'open' && !isNamed && !args.sandbox && !existsSync(file);
}

/** Keeps the answer as soon as it is given; who quits without one is asked again. */
export function rememberWelcome(store: ProgramStore, file: string): () => void {
  if (!isAsked(store.getState())) return () => {};
  const unsubscribe = store.subscribe(() => {
    if (isAsked(store.getState())) return;
    unsubscribe();
    // What was chosen comes right after the welcome is closed.
    queueMicrotask(() => keep(store, file));
  });
  return unsubscribe;
}

function keep(store: ProgramStore, file: string): void {
  const wantsToLearn = store.getState().overlays.some(({ kind }) => kind === 'lessons');
  write(file, wantsToLearn ? 'learn' : 'look around').catch((error: unknown) => {
    say(store, 'bad', `The welcome will come again: ${(error as Error).message}`);
  });
}

function isAsked({ overlays }: State): boolean {
  return overlays.some(({ kind }) => kind === 'welcome');
}

async function write(file: string, answer: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${answer}\n`, { mode: 0o600 });
}
