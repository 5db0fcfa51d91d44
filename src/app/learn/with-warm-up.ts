import type { Lesson } from '../../lesson/lesson.ts';
import { warmUp } from '../../lesson/review/warm-up.ts';
import type { Here } from '../../lesson/visible-blocks.ts';

export type WarmUpOptions = Here & {
  /** Ids of lessons that have been finished. */
  finished: ReadonlySet<string>;
  seed: string;
  /** Ids of the steps that are behind, where the lesson is gone on with. */
  behind: ReadonlySet<string>;
};

/**
 * The lesson with the questions that this learner can answer. Without any the step is left out; so it is where the
 * lesson went on without it: nobody is sent back to warm up.
 */
export function withWarmUp(lesson: Lesson, { finished, seed, behind, ...here }: WarmUpOptions): Lesson {
  const blocks = warmUp(lesson, finished, seed, here);
  const steps = lesson.steps.flatMap((step) => {
    if (step.kind !== 'warm-up') return [step];
    if (behind.size > 0) return behind.has(step.id) ? [step] : [];
    return blocks.length === 0 ? [] : [{ ...step, blocks }];
  });
  return { ...lesson, steps };
}
