import { isDiskError } from '../../lesson/disk/is-disk-error.ts';
import type { LessonProgress } from '../../lesson/progress/progress.ts';
import { ProgressError } from '../../lesson/progress/progress-file.ts';
import type { UsedCommand } from '../../lesson/notebook/notebook.ts';
import type { OpenLesson } from '../../model/learn-state.ts';
import type { ProgramStore } from '../program-store.ts';
import { say } from '../say.ts';
import type { LessonFence } from './lesson-fence.ts';
import type { LessonShelf } from './lesson-shelf.ts';

/** Changes of one moment are written together, in milliseconds. */
const WRITE_AFTER = 200;

export type ProgressKeeper = {
  /** Typed lines that have ended while the lesson was open, oldest first. */
  used: () => readonly UsedCommand[];
  /** Writes what is not written yet. */
  flush: () => Promise<void>;
};

export type KeepOptions = {
  store: ProgramStore;
  shelf: LessonShelf;
  kept: LessonProgress;
  fence: LessonFence;
  signal: AbortSignal;
  onError: (error: unknown) => void;
};

/** Keeps on the disk how far the open lesson has come, from now on. */
export function keepProgress({ store, shelf, kept, fence, signal, onError }: KeepOptions): ProgressKeeper {
  const used: UsedCommand[] = [...kept.practised];
  let seen = store.getState().learn.lesson;
  let typed = store.getState().shells.typed;
  const counted = new Set(typed.map(({ id }) => id));
  let timer: NodeJS.Timeout | undefined;
  let written: Promise<void> = Promise.resolve();

  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (seen === null) return;
    const entry = entryOf(kept, seen, fence.made(), used);
    written = shelf.keep(seen.lesson.id, entry).catch((error: unknown) => {
      // A full disk or a newer Slipway's file: the lesson goes on, and it is said that nothing is kept.
      if (error instanceof ProgressError || isDiskError(error))
        say(store, 'bad', `Your progress could not be kept: ${error.message}`);
      else onError(error);
    });
  };
  const onChange = (): void => {
    const { learn, shells } = store.getState();
    if (shells.typed !== typed && learn.lesson !== null) {
      typed = shells.typed;
      const step = learn.lesson.lesson.steps[learn.lesson.current]?.id ?? '';
      for (const { id, line, code, endedAt } of typed)
        if (endedAt !== null && !counted.has(id)) {
          counted.add(id);
          used.push({ line, code, step });
        }
    }
    if (learn.lesson === null || !isOther(seen, learn.lesson)) return;
    seen = learn.lesson;
    timer ??= setTimeout(write, WRITE_AFTER);
  };
  const unsubscribe = store.subscribe(onChange);
  signal.addEventListener('abort', () => {
    unsubscribe();
    clearTimeout(timer);
  });
  timer = setTimeout(write, WRITE_AFTER);
  return {
    used: () => used,
    async flush() {
      if (timer !== undefined) write();
      await written;
    },
  };
}

/** Whether something of it is to be written; scrolling and the like is not. */
function isOther(before: OpenLesson | null, after: OpenLesson): boolean {
  if (before === null) return true;
  const { steps, passed, answers, hints, phase } = after;
  return (
    steps !== before.steps ||
    passed !== before.passed ||
    answers !== before.answers ||
    hints !== before.hints ||
    phase !== before.phase
  );
}

function entryOf(
  kept: LessonProgress,
  open: OpenLesson,
  made: readonly string[],
  practised: readonly UsedCommand[],
): LessonProgress {
  const steps = open.lesson.steps.flatMap(({ id }, i) => {
    const standing = open.steps[i];
    return standing === undefined || standing.state === 'open' || standing.at === null
      ? []
      : [[id, { state: standing.state, at: standing.at }] as const];
  });
  return {
    ...kept,
    doneAt: open.phase === 'finished' ? (kept.doneAt ?? Date.now()) : kept.doneAt,
    steps: Object.fromEntries(steps),
    passed: Object.fromEntries(open.passed),
    answers: Object.fromEntries(open.answers),
    hints: Object.fromEntries(open.hints),
    made,
    practised,
  };
}
