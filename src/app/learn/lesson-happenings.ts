import type { Engine, EngineEvent } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { isOwnHelper } from '../../engine/own-helper.ts';
import type { HeardRegistry } from '../../lesson/provided.ts';
import type { World } from '../../lesson/world.ts';
import type { RegistryEvent } from '../../sandbox/registry/registry-event.ts';
import type { TypedCommand } from '../../model/shells.ts';
import type { WireCall } from '../../wire/wire-call.ts';
import type { ProgramStore } from '../program-store.ts';
import type { ProgramWire } from '../program-wire.ts';
import { wait } from '../wait.ts';
import { isNews } from './is-news.ts';
import { LESSON_SOURCE } from './lesson-client.ts';

/** How many of each are kept; a lesson makes a few hundred. */
const KEPT = 5_000;
/** An event stream that broke off is taken up again after this long, in milliseconds. */
const WATCH_AGAIN_AFTER = 500;

/** `ownCalls` are those of the lines that the lesson itself runs: nobody's answer to a step. */
export type Happenings = Pick<World, 'events' | 'registry' | 'typed' | 'calls'> & {
  ownCalls: World['calls'];
};

export type HappeningsOptions = {
  engine: Engine;
  store: ProgramStore;
  wire: ProgramWire;
  /** The lesson's own, where it has one. */
  registry: HeardRegistry | null;
  signal: AbortSignal;
  /** Something has happened that may have changed a verdict. */
  onChange: () => void;
  onError: (error: unknown) => void;
};

/** Notes what happens from now on: on the engine, in the terminal, over the wire. */
export function noteHappenings(options: HappeningsOptions): () => Happenings {
  const events: EngineEvent[] = [];
  const calls: World['calls'][number][] = [];
  const ownCalls: World['calls'][number][] = [];
  const { store, wire, registry, signal, onChange } = options;
  const keep = <T>(list: T[], item: T): void => {
    list.push(item);
    if (list.length > KEPT) list.shift();
    onChange();
  };
  followEvents(options, (event) => keep(events, event)).catch(options.onError);
  const heard: RegistryEvent[] = [];
  const stopRegistry = registry?.onEvent((event) => keep(heard, event));
  const stopCalls = wire.onCall((call) => {
    const ended = endedCall(call);
    if (ended !== null) keep(call.source === LESSON_SOURCE ? ownCalls : calls, ended);
  });
  const since = Date.now();
  let seen = store.getState().shells.typed;
  let typed: World['typed'] = [];
  const stopTyped = store.subscribe(() => {
    const { typed: now } = store.getState().shells;
    if (now === seen) return;
    seen = now;
    typed = endedSince(now, since);
    onChange();
  });
  signal.addEventListener('abort', () => {
    stopCalls();
    stopRegistry?.();
    stopTyped();
  });
  return () => ({
    events,
    registry: registry && { address: registry.address, events: heard },
    typed,
    calls,
    ownCalls,
  });
}

async function followEvents(
  { engine, signal, onChange }: HappeningsOptions,
  onEvent: (event: EngineEvent) => void,
): Promise<void> {
  const volumes = new Set<string>();
  while (!signal.aborted) {
    try {
      for await (const event of engine.watch({ signal, onReady: onChange })) {
        // What is looked at by a helper of ours must not lead to another look.
        if (!isOwnHelper(event) && isNews(event, volumes)) onEvent(event);
      }
    } catch (error) {
      // Whether the engine is there is told by those who follow it; what happened meanwhile is seen in its state.
      if (!(error instanceof EngineError)) throw error;
      onChange();
    }
    await wait(WATCH_AGAIN_AFTER, signal);
  }
}

function endedCall(call: WireCall): World['calls'][number] | null {
  if (call.status === null || call.endedAfter === null) return null;
  return { at: call.at, method: call.method, path: call.path, status: call.status };
}

function endedSince(typed: readonly TypedCommand[], since: number): World['typed'] {
  return typed.flatMap(({ line, code, startedAt, endedAt }) =>
    endedAt === null || startedAt < since ? [] : [{ line, code, at: endedAt }],
  );
}
