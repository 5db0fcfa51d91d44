import type { ProgramStore } from './program-store.ts';
import type { State } from '../model/state.ts';

/** A held arrow key passes many rows: streams are opened, and questions asked, where it comes to rest. Milliseconds. */
export const SETTLE = 80;

export type Task = (key: string, signal: AbortSignal) => Promise<void>;

/**
 * Runs one task for each key that the state asks for, and aborts those it no longer asks for: streams follow what is
 * on screen without anyone starting or stopping them. A task that ends by itself is not started again for the same key
 * until the key has been away.
 */
export function keepInStep(
  store: ProgramStore,
  select: (state: State) => readonly string[],
  task: Task,
  options: { settle?: number; signal: AbortSignal; onError: (error: unknown) => void },
): void {
  const running = new Map<string, AbortController>();
  let changedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let last: readonly string[] | null = null;

  const start = (key: string): void => {
    const control = new AbortController();
    running.set(key, control);
    task(key, control.signal).catch((error: unknown) => {
      if (!control.signal.aborted) options.onError(error);
    });
  };
  const apply = (): void => {
    timer = undefined;
    const keys = new Set(select(store.getState()));
    for (const [key, control] of running) {
      if (keys.has(key)) continue;
      control.abort();
      running.delete(key);
    }
    for (const key of keys) if (!running.has(key)) start(key);
  };
  const onChange = (): void => {
    const keys = select(store.getState());
    if (keys === last) return;
    if (last !== null && keys.length === last.length && keys.every((k, i) => k === last![i])) return;
    last = keys;
    const sinceLast = Date.now() - changedAt;
    changedAt = Date.now();
    clearTimeout(timer);
    // At once after a pause; while a key is held, only when it comes to rest.
    const settle = options.settle ?? 0;
    if (sinceLast > settle) apply();
    else timer = setTimeout(apply, settle);
  };
  const unsubscribe = store.subscribe(onChange);
  options.signal.addEventListener('abort', () => {
    unsubscribe();
    clearTimeout(timer);
    for (const control of running.values()) control.abort();
    running.clear();
  });
  onChange();
}
