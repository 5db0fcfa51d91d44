import { wait } from '../wait.ts';

/** Events come in bursts: a look is taken this long after the first of them, in milliseconds. */
const LOOK_AFTER = 70;
/** The engine's lists may lag behind its events: it is looked at again so long after the last of them. */
const LOOK_AGAIN = [200, 1_000] as const;

export type CheckLoop = {
  /** Something may have changed. */
  wake: () => void;
  /** Looks at once; settles after that look. */
  lookNow: () => Promise<void>;
};

export type Look = (signal: AbortSignal) => Promise<{
  /** When to look again although nothing happens: milliseconds since the epoch, or null. */
  lookAgainAt: number | null;
}>;

/** Takes one look at a time, after something has happened; what happens during a look leads to another. */
export function startCheckLoop(
  look: Look,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): CheckLoop {
  let running: Promise<void> | null = null;
  let isDirty = false;
  let first: NodeJS.Timeout | undefined;
  let timed: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout[] = [];

  const run = async (): Promise<void> => {
    do {
      isDirty = false;
      const { lookAgainAt } = await look(signal);
      clearTimeout(timed);
      if (lookAgainAt !== null && !signal.aborted)
        timed = setTimeout(start, Math.max(0, lookAgainAt - Date.now())).unref();
      // A look costs the engine a few requests: under a storm of events it gets a rest between two.
      if (isDirty) await wait(LOOK_AFTER, signal);
    } while (isDirty && !signal.aborted);
  };
  const start = (): void => {
    first = undefined;
    isDirty = true;
    if (running !== null || signal.aborted) return;
    running = run()
      .catch((error: unknown) => {
        if (!signal.aborted) onError(error);
      })
      .finally(() => (running = null));
  };
  signal.addEventListener('abort', () => {
    for (const timer of [first, timed, ...again]) clearTimeout(timer);
  });
  return {
    wake() {
      if (signal.aborted) return;
      first ??= setTimeout(start, LOOK_AFTER);
      again.forEach(clearTimeout);
      again = LOOK_AGAIN.map((after) => setTimeout(start, after).unref());
    },
    async lookNow() {
      clearTimeout(first);
      start();
      await running;
    },
  };
}
