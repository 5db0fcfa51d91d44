import type { Lesson } from '../lesson.ts';
import type { LessonProgress } from './progress.ts';

export type ResumedStep = { state: 'open' | 'done' | 'skipped'; at: number | null };

/** What was kept of a lesson, as it fits the lesson of today. */
export type Resumed = {
  /** By index of the lesson's steps. */
  steps: readonly ResumedStep[];
  /** The first open step; the number of steps when there is none. */
  current: number;
  passed: ReadonlyMap<string, number>;
  answers: ReadonlyMap<string, number>;
  hints: ReadonlyMap<string, number>;
  /** The lesson has another version than the one that was begun. */
  isOtherVersion: boolean;
};

/** Goes by ids: what is done stays done as long as its id exists, and what is new is open. */
export function resume(kept: LessonProgress, lesson: Lesson): Resumed {
  const steps = lesson.steps.map(({ id }): ResumedStep => kept.steps[id] ?? { state: 'open', at: null });
  const open = steps.findIndex(({ state }) => state === 'open');
  const blocks = [...lesson.intro, ...lesson.steps.flatMap((step) => step.blocks)];
  return {
    steps,
    current: open < 0 ? steps.length : open,
    passed: only(
      kept.passed,
      lesson.steps.flatMap((step) => step.checks.map(({ id }) => id)),
    ),
    answers: only(kept.answers, blocks.flatMap(idsOf)),
    hints: only(
      kept.hints,
      lesson.steps.map(({ id }) => id),
    ),
    isOtherVersion: kept.version !== lesson.version,
  };
}

function only(kept: Readonly<Record<string, number>>, ids: readonly string[]): ReadonlyMap<string, number> {
  const known = new Set(ids);
  return new Map(Object.entries(kept).filter(([id]) => known.has(id)));
}

function idsOf(block: Lesson['intro'][number]): string[] {
  return [block.id, ...(block.kind === 'only' ? block.blocks.flatMap(idsOf) : [])];
}
