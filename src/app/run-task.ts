import type { Progress } from '../engine/commands.ts';
import { EngineError } from '../engine/errors.ts';
import { nextCommandId } from './command-ids.ts';
import type { ProgramStore } from './program-store.ts';

/** Progress arrives a hundred times a second; the screen gets it this often, in milliseconds. */
const PROGRESS_EVERY = 100;

/** Milliseconds after which one wants to see how far it is. */
const SLOW = 500;

/** What a task came to: a few words, and ids of what is there now because of it. */
export type TaskEnd = { text: string; made?: readonly string[] };

export type Task = {
  /** In the log of commands, for `stopTask`. */
  id: number;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
};

export type TaskOptions = {
  /** As one would type it; it stands in the log of commands. */
  line: string;
  /** Its progress lies over the panes from the start, or once it takes long. */
  isWatched?: boolean | 'if-slow';
  /** Ends with the engine, or with the program. */
  signal: AbortSignal;
  work: (task: Task) => Promise<TaskEnd>;
};

const running = new Map<number, AbortController>();

/** Stops a task that is still under way, as the person asked; does nothing otherwise. */
export function stopTask(id: number): void {
  running.get(id)?.abort();
}

/** Does something that takes its time, with a place in the log of commands: what it was, how far it is, how it ended, how long it took. */
export async function runTask(
  store: ProgramStore,
  { line, isWatched = false, signal, work }: TaskOptions,
): Promise<void> {
  const id = nextCommandId();
  const control = new AbortController();
  running.set(id, control);
  store.dispatch({ type: 'command-started', id, line, at: Date.now() });
  const watch = (): void =>
    store.dispatch({ type: 'overlay-opened', overlay: { kind: 'progress', command: id } });
  if (isWatched === true) watch();
  const slow = isWatched === 'if-slow' ? setTimeout(watch, SLOW) : undefined;
  const progress = collectProgress(store, id);
  try {
    const stopped = AbortSignal.any([signal, control.signal]);
    const { text, made = [] } = await work({ id, signal: stopped, onProgress: progress.add });
    store.dispatch({ type: 'command-succeeded', id, at: Date.now(), text, made });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const text = control.signal.aborted ? 'Stopped before it was done.' : error.message;
    store.dispatch({ type: 'command-failed', id, at: Date.now(), text, advice: error.advice });
    // The bottom line has no room for an engine's reasons; whoever is in another dialog by now finds them under @.
    if (store.getState().overlays.length === 0) {
      store.dispatch({ type: 'overlay-opened', overlay: { kind: 'progress', command: id } });
    }
  } finally {
    clearTimeout(slow);
    running.delete(id);
    progress.end();
  }
}

function collectProgress(
  store: ProgramStore,
  id: number,
): { add: (progress: Progress) => void; end: () => void } {
  let pending: Progress[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const progress = pending;
    pending = [];
    if (progress.length > 0) store.dispatch({ type: 'command-progressed', id, progress });
  };
  return {
    add(progress) {
      pending.push(progress);
      timer ??= setTimeout(flush, PROGRESS_EVERY);
    },
    end() {
      clearTimeout(timer);
      flush();
    },
  };
}
