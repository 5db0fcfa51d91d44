import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { KINDS } from '../engine/objects.ts';
import { createDirtyReader } from './dirty-reader.ts';
import type { ProgramStore } from './program-store.ts';
import { wait } from './wait.ts';

/** The safety net under the event stream: everything is read again this often, in milliseconds. */
const RELIST_EVERY = 60_000;
/** Kinds that an engine sends no events for are read this often. */
const POLL_SILENT_EVERY = 5_000;
/** An engine that is frozen, or whose socket is gone, is noticed by asking: this often, with `ping`'s own deadline. */
const HEARTBEAT_EVERY = 2_000;
/** A lost engine is tried again this often: quickly at first, then with patience. */
const RETRY_FIRST = 200;
const RETRY_LATER = 1_000;
const RETRY_PATIENCE_AFTER = 120_000;

/**
 * Keeps the lists as the engine has them: subscribes to its events, reads everything once, then only what events name.
 * Lives through losing the engine; ends when the signal is aborted.
 */
export async function followEngine(engine: Engine, store: ProgramStore, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await live(engine, store, signal);
    } catch (error) {
      if (signal.aborted) return;
      const lost = asEngineError(error);
      store.dispatch({ type: 'engine-lost', at: Date.now(), why: lost.message, advice: lost.advice });
    }
    if (!signal.aborted) await untilItAnswers(engine, store, signal);
  }
}

/** Engine methods throw `EngineError` only; anything else is our own mistake and goes on to the boundary. */
function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  throw error;
}

/** One stretch of living with the engine; throws when it is lost. */
async function live(engine: Engine, store: ProgramStore, outer: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  const reader = createDirtyReader(engine, store, signal);
  const tasks = [
    watch(engine, reader, signal),
    heartbeat(engine, signal),
    repeat(RELIST_EVERY, signal, () => reader.readAll(KINDS)),
    repeat(POLL_SILENT_EVERY, signal, () => reader.readAll(engine.silentKinds)),
    reader.failed,
  ];
  try {
    await Promise.race(tasks);
  } finally {
    stop.abort();
    await Promise.allSettled(tasks.slice(0, -1));
  }
}

type DirtyReader = ReturnType<typeof createDirtyReader>;

/** Subscribes first and reads then, so that nothing falls between; a slow subscription does not hold up the first lists. */
async function watch(engine: Engine, reader: DirtyReader, signal: AbortSignal): Promise<void> {
  const impatient = setTimeout(() => reader.readAll(KINDS), 100);
  const onReady = (): void => {
    clearTimeout(impatient);
    reader.readAll(KINDS);
  };
  try {
    for await (const event of engine.watch({ signal, onReady })) reader.markDirty(event);
  } finally {
    clearTimeout(impatient);
  }
}

async function heartbeat(engine: Engine, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await wait(HEARTBEAT_EVERY, signal);
    if (!signal.aborted) await engine.ping();
  }
}

async function repeat(ms: number, signal: AbortSignal, task: () => void): Promise<void> {
  while (!signal.aborted) {
    await wait(ms, signal);
    if (!signal.aborted) task();
  }
}

async function untilItAnswers(engine: Engine, store: ProgramStore, signal: AbortSignal): Promise<void> {
  const since = Date.now();
  while (!signal.aborted) {
    try {
      await engine.ping();
      store.dispatch({ type: 'engine-back' });
      return;
    } catch (error) {
      const { message: why, advice } = asEngineError(error);
      store.dispatch({ type: 'engine-lost', at: Date.now(), why, advice });
    }
    await wait(Date.now() - since < RETRY_PATIENCE_AFTER ? RETRY_FIRST : RETRY_LATER, signal);
  }
}
