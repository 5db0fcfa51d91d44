import { EngineError } from '../engine/errors.ts';
import type { Ref } from '../engine/commands.ts';
import type { Event } from '../model/events.ts';
import type { FilesEffect } from '../model/files/files-effect.ts';
import type { DataEffect } from '../model/data/data-effect.ts';
import type { LayersEffect } from '../model/layers/layers-effects.ts';
import type { Effect, Intent } from '../model/intents.ts';
import type { Builder } from './build/builder.ts';
import { copySequence } from './clipboard.ts';
import type { EngineSession } from './engine-session.ts';
import type { OnEngine } from './on-engine.ts';
import { openShell } from './open-shell.ts';
import { stopTask } from './run-task.ts';
import { NOTICE_SHOWN, say } from './say.ts';
import type { Learn } from './learn/learn.ts';
import type { ShellTabs } from './shell-tabs.ts';
import type { ProgramStore } from './program-store.ts';
import type { TerminalHost } from './terminal-host.ts';

export type ProgramParts = {
  store: ProgramStore;
  session: EngineSession;
  terminal: TerminalHost;
  shells: ShellTabs;
  learn: Learn;
  builder: Builder;
  env: NodeJS.ProcessEnv;
  quit: () => void;
  onError: (error: unknown) => void;
};

/** Carries out what keys lead to, in order. */
export function runIntents(parts: ProgramParts, intents: readonly Intent[]): void {
  for (const intent of intents) {
    if ('event' in intent) parts.store.dispatch(timed(intent.event));
    else runEffect(parts, intent.effect);
  }
}

/** The model's clock stands still between ticks, for hours at times: how long a notice stays is counted from now. */
function timed(event: Event): Event {
  if (event.type !== 'notice-shown') return event;
  return { ...event, notice: { ...event.notice, until: Date.now() + NOTICE_SHOWN } };
}

function runEffect(parts: ProgramParts, effect: Effect): void {
  const { session, terminal, shells } = parts;
  switch (effect.do) {
    case 'carry-out':
      return session.carryOut(effect.commands, effect.asked);
    case 'open-shell':
      return effect.where === 'pane'
        ? shells.openInContainer(effect.container)
        : guard(parts, shell(parts, effect.container));
    case 'open-terminal':
      return shells.open();
    case 'reopen-shell':
      return shells.reopen(effect.id, effect.container);
    case 'close-shell':
      return shells.close(effect.id);
    case 'type':
      return shells.type(effect.id, effect.raw);
    case 'paste-into-shell':
      return shells.paste(effect.id, effect.text);
    case 'scroll-shell':
      return shells.scroll(effect.id, effect.by);
    case 'mouse-in-shell':
      return shells.mouse(effect.id, effect.mouse);
    case 'stop-task':
      return stopTask(effect.id);
    case 'look-at-context':
    case 'build':
      return parts.builder.do(effect);
    case 'copy':
      return copy(parts, effect.text, effect.what);
    case 'refresh':
      return session.refresh();
    case 'search-engines':
      return session.search({ choose: parts.store.getState().engine !== null });
    case 'stop-search':
      return session.stopSearch();
    case 'connect':
      return session.connectTo(effect.host);
    case 'start-sandbox':
      return session.startSandbox();
    case 'install-engine':
      return session.install();
    case 'open-file':
    case 'copy-out':
    case 'copy-in':
      return guard(parts, onFiles(parts, effect));
    case 'back-up-volume':
    case 'restore-volume':
    case 'copy-volume':
      return guard(parts, onData(parts, effect));
    case 'open-layer-file':
    case 'open-live-file':
    case 'compare-images':
      return guard(parts, onLayers(parts, effect));
    case 'redraw':
      return guard(parts, terminal.redraw());
    case 'suspend':
      return guard(parts, suspend(parts));
    case 'quit':
      if (effect.keepSandbox) session.keepSandbox();
      return parts.quit();
    default:
      return parts.learn.do(effect);
  }
}

/** What comes with reading and writing archives is loaded when it is first needed: few starts need it. */
async function onFiles(parts: ProgramParts, effect: FilesEffect): Promise<void> {
  const { carryOutFiles } = await import('./files/carry-out-files.ts');
  await onEngine(parts, (on) => carryOutFiles(on, effect));
}

async function onData(parts: ProgramParts, effect: DataEffect): Promise<void> {
  const { carryOutData } = await import('./data/carry-out-data.ts');
  await onEngine(parts, (on) => carryOutData(on, effect));
}

async function onLayers(parts: ProgramParts, effect: LayersEffect): Promise<void> {
  const { doForLayers } = await import('./layers/do-for-layers.ts');
  const { surroundings } = parts.session;
  await onEngine(parts, (on) => doForLayers({ ...on, surroundings }, effect));
}

async function onEngine(
  { store, session }: ProgramParts,
  work: (on: OnEngine) => Promise<void>,
): Promise<void> {
  const { engine, living: signal } = session;
  if (engine !== null) await work({ engine, store, signal });
}

function guard({ onError }: ProgramParts, promise: Promise<void>): void {
  promise.catch(onError);
}

export function copy(
  { store, terminal, env }: Pick<ProgramParts, 'store' | 'terminal' | 'env'>,
  text: string,
  what: string,
): void {
  const copied = copySequence(text, env);
  if (copied.ok) terminal.send(copied.sequence);
  say(store, copied.ok ? 'plain' : 'bad', copied.ok ? `Copied ${what}` : copied.why);
}

async function shell({ session, store, terminal }: ProgramParts, container: Ref): Promise<void> {
  const engine = session.engine;
  if (engine === null) return;
  try {
    const { code, opened } = await openShell(engine, container, terminal);
    if (!opened) say(store, 'bad', `${container.name} has no shell to open (exit code ${code})`);
    else say(store, 'plain', `The shell in ${container.name} ended with ${code}`);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    say(store, 'bad', error.message, error.advice);
  }
}

/**
 * To the background, as the shell's job control expects: the whole process group stops (also `npm`, when it started
 * us), with the terminal as it was found. What the engine said meanwhile is lost, so everything is read again.
 */
export async function suspend({
  session,
  terminal,
}: Pick<ProgramParts, 'session' | 'terminal'>): Promise<void> {
  await terminal.lend(async () => {
    const resumed = new Promise<void>((resolve) => process.once('SIGCONT', () => resolve()));
    const handlers = process.listeners('SIGTSTP');
    process.removeAllListeners('SIGTSTP');
    process.kill(0, 'SIGTSTP');
    await resumed;
    for (const handler of handlers) process.on('SIGTSTP', handler);
  });
  session.refresh();
}
