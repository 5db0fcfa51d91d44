import type { Check } from '../../lesson/check.ts';
import type { Step } from '../../lesson/lesson.ts';
import type { OpenLesson, StepStanding } from '../learn-state.ts';
import type { State } from '../state.ts';
import type { Here } from '../../lesson/visible-blocks.ts';
import { visibleChecks, visibleQuestions, type AskedQuestion } from './visible-parts.ts';

const NO_FEATURES: Here['features'] = new Set();

export function hereOf({ engine, learn }: State): Here {
  return { family: engine?.family ?? 'docker', features: learn.lesson?.features ?? NO_FEATURES };
}

/** The step in view with how it stands; null for the introduction and the notebook. */
export function shownStep({
  lesson,
  shown,
  steps,
}: OpenLesson): { step: Step; standing: StepStanding } | null {
  const step = lesson.steps[shown];
  return step === undefined ? null : { step, standing: steps[shown] ?? { state: 'open', at: null } };
}

export function isNotebook({ lesson, shown }: OpenLesson): boolean {
  return shown >= lesson.steps.length;
}

/** Passed by the last judgement, or before it where nothing was found against it since. */
export function isPassed({ verdicts, passed }: OpenLesson, { id }: Check): boolean {
  const verdict = verdicts.get(id);
  return verdict === undefined ? passed.has(id) : verdict.kind === 'pass';
}

/** The first check of the shown step that does not hold. */
export function openCheck(lesson: OpenLesson, here: Here): Check | null {
  const shown = shownStep(lesson);
  if (shown === null || shown.standing.state !== 'open') return null;
  return visibleChecks(shown.step, here).find((check) => !isPassed(lesson, check)) ?? null;
}

/** Checks of steps that are done, which had to hold still and do not. */
export function lostChecks(lesson: OpenLesson): readonly Check[] {
  const before = lesson.lesson.steps.slice(0, lesson.current);
  return before
    .flatMap((step) => step.checks)
    .filter(({ id }) => ['not-yet', 'mistake'].includes(lesson.verdicts.get(id)?.kind ?? ''));
}

/** Whether a predict may show what is right: what it asks has happened, or nothing is checked. */
export function isRevealed(lesson: OpenLesson, here: Here): boolean {
  const shown = shownStep(lesson);
  if (shown === null || shown.standing.state !== 'open') return true;
  return visibleChecks(shown.step, here).every((check) => isPassed(lesson, check));
}

/** A quiz may be tried until it is right; a predict is a guess, and may be changed only before it is revealed. */
export function isSettled({ answers }: OpenLesson, { block, kind, question }: AskedQuestion): boolean {
  const chosen = answers.get(block);
  return kind === 'predict' ? chosen !== undefined : chosen === question.answer;
}

/** The question that a letter answers now. */
export function openQuestion(lesson: OpenLesson, here: Here): AskedQuestion | null {
  const shown = shownStep(lesson);
  if (shown === null) return null;
  return visibleQuestions(shown.step, here).find((asked) => !isSettled(lesson, asked)) ?? null;
}

/** `a` for the first option. */
export function letterOf(option: number): string {
  return String.fromCharCode(97 + option);
}
