import type { Intent } from '../intents.ts';
import type { OpenLesson } from '../learn-state.ts';
import { shownStep } from '../lesson-view/shown-step.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { noLesson } from './moving-actions.ts';

export type WithLesson = (state: State, lesson: OpenLesson) => readonly Intent[];

/** Why not, for an action that needs a lesson; `more` says what else may stand in its way. */
export function needsLesson(
  more: (state: State, lesson: OpenLesson) => string = () => '',
): (state: State) => string {
  return (state) => {
    const { lesson } = state.learn;
    return lesson === null ? noLesson(state) : more(state, lesson);
  };
}

export function withLesson(perform: WithLesson): Action['perform'] {
  return (state) => (state.learn.lesson === null ? [] : perform(state, state.learn.lesson));
}

export const isRunning = (_: State, { phase, task }: OpenLesson): string => {
  if (phase === 'preparing') return 'The lesson is not ready yet.';
  if (phase === 'failed') return 'The lesson could not begin.';
  return task === '' ? '' : `${task} … goes first.`;
};

export const isInStep = (state: State, lesson: OpenLesson): string =>
  isRunning(state, lesson) || (shownStep(lesson) === null ? 'No step is in view.' : '');

export const isInCurrent = (state: State, lesson: OpenLesson): string =>
  isRunning(state, lesson) || (lesson.current >= lesson.lesson.steps.length ? 'All steps are over.' : '');
