import type { Engine, EngineEvent } from '../engine/engine.ts';
import { EngineError, isEngineGone } from '../engine/errors.ts';
import { READ_AGAIN_AFTER, settlesLate } from '../engine/late-state.ts';
import type { Item, Kind } from '../engine/objects.ts';
import { isOwnHelper } from '../engine/own-helper.ts';
import type { ProgramStore } from './program-store.ts';

export type DirtyReader = {
  /** An event named this item: read it again, together with whatever else is named by then. */
  markDirty: (event: Pick<EngineEvent, 'kind' | 'id' | 'action'> & { name?: string }) => void;
  readAll: (kinds: readonly Kind[]) => void;
  /** Rejects when a reading finds the engine gone; never resolves. */
  failed: Promise<never>;
};

type Wanted = { all: boolean; ids: Set<string> };

/**
 * Reads what has been marked, one request per kind at a time: marks that come in meanwhile wait for the next one, so
 * that a burst of events costs a few requests and not one each.
 */
export function createDirtyReader(engine: Engine, store: ProgramStore, signal: AbortSignal): DirtyReader {
  const wanted = new Map<Kind, Wanted>();
  const busy = new Set<Kind>();
  const gone = Promise.withResolvers<never>();

  const want = (kind: Kind): Wanted => {
    const known = wanted.get(kind) ?? { all: false, ids: new Set() };
    wanted.set(kind, known);
    return known;
  };

  const run = async (kind: Kind): Promise<void> => {
    busy.add(kind);
    // Events arrive in bursts within one turn of the event loop: one turn later they are all marked.
    await new Promise(setImmediate);
    for (let next = wanted.get(kind); next !== undefined && !signal.aborted; next = wanted.get(kind)) {
      wanted.delete(kind);
      await read(engine, store, kind, next, signal);
    }
    busy.delete(kind);
  };

  const start = (kind: Kind): void => {
    if (busy.has(kind) || signal.aborted) return;
    run(kind).catch((error: unknown) => {
      busy.delete(kind);
      gone.reject(error);
    });
  };

  const mark = (kind: Kind, id: string): void => {
    // The image list cannot be asked by id, and one event (untag) may change several rows.
    if (kind === 'image') want(kind).all = true;
    else want(kind).ids.add(id);
    start(kind);
  };
  const markLater = createEchoes(mark, signal);

  return {
    markDirty({ kind, id, action, name = '' }) {
      if (isOwnHelper({ name })) return;
      mark(kind, id);
      if (kind === 'container' && settlesLate(action)) markLater(kind, id);
    },
    readAll(kinds) {
      for (const kind of kinds) {
        want(kind).all = true;
        start(kind);
      }
    },
    failed: gone.promise,
  };
}

/** Marks each item again after the last event that named it: a burst of events makes one echo of each delay. */
function createEchoes(
  mark: (kind: Kind, id: string) => void,
  signal: AbortSignal,
): (kind: Kind, id: string) => void {
  const waiting = new Map<string, NodeJS.Timeout[]>();
  signal.addEventListener('abort', () => {
    for (const timers of waiting.values()) timers.forEach(clearTimeout);
  });
  return (kind, id) => {
    waiting.get(id)?.forEach(clearTimeout);
    const timers = READ_AGAIN_AFTER.map((delay, i) =>
      setTimeout(() => {
        if (i === READ_AGAIN_AFTER.length - 1) waiting.delete(id);
        mark(kind, id);
      }, delay).unref(),
    );
    waiting.set(id, timers);
  };
}

/** Containers that Slipway makes for a moment, to look into something, are nobody's to see. */
function withoutHelpers(items: readonly Item[]): readonly Item[] {
  return items.filter((item) => item.kind !== 'container' || !isOwnHelper(item));
}

/** An engine that says no to a list keeps the old one, with the reason; an engine that is gone ends the reading. */
async function read(
  engine: Engine,
  store: ProgramStore,
  kind: Kind,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<void> {
  const ids = wanted.all ? undefined : [...wanted.ids];
  try {
    const items = withoutHelpers(await engine.list(kind, ids));
    if (signal.aborted) return;
    const at = Date.now();
    store.dispatch(
      ids === undefined
        ? { type: 'list-read', kind, items, at }
        : { type: 'items-read', kind, ids, items, at },
    );
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof EngineError)) throw error;
    // One answer that broke off need not mean that the engine has gone: it is asked, and throws where it has.
    if (isEngineGone(error)) await engine.ping();
    store.dispatch({ type: 'list-failed', kind, why: error.message });
  }
}
