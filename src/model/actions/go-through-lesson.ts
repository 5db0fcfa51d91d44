import type { Intent } from '../intents.ts';
import type { OpenLesson } from '../learn-state.ts';
import { goingOn } from '../lesson-view/going-on.ts';
import { nextLesson } from '../lesson-view/next-lesson.ts';
import { hereOf, isNotebook, shownStep } from '../lesson-view/shown-step.ts';
import { selectLessonPlace } from '../select-lesson.ts';
import type { State } from '../state.ts';
import { notice } from './moving-actions.ts';
import { openLessons } from './open-lessons.ts';
import { scrollLesson } from './scroll-lesson.ts';
import type { WithLesson } from './with-lesson.ts';

export const show = (step: number): Intent => ({ event: { type: 'step-shown', step } });

const openLesson = (lesson: string): readonly Intent[] => [
  { effect: { do: 'open-lesson', lesson, anew: false } },
];

/** The next step, the notebook after the last, the next lesson after that; or why it is not time for it. */
export const goNext: WithLesson = (state, lesson) => {
  if (lesson.phase === 'preparing') return [notice(state, 'The lesson is not ready yet.')];
  // By its folder: another lesson may have its id.
  if (lesson.phase === 'failed') return openLesson(lesson.lesson.folder);
  if (isNotebook(lesson)) return leaveNotebook(state, lesson);
  const going = goingOn(lesson, hereOf(state));
  if (!going.may) return [notice(state, going.why)];
  const ended: readonly Intent[] = going.ends
    ? [{ event: { type: 'step-ended', step: lesson.shown, how: 'done', at: state.now } }]
    : [];
  return [...ended, show(lesson.shown + 1)];
};

function leaveNotebook(state: State, lesson: OpenLesson): readonly Intent[] {
  if (lesson.notebook === null) return [show(lesson.current)];
  const next = nextLesson(state.learn, lesson.lesson.id);
  return next === null ? openLessons() : openLesson(next.id);
}

/** Like the key of a pager: first the rest of the text, then what comes after it. */
export const goOn: WithLesson = (state, lesson) => {
  const place = selectLessonPlace(state);
  const isDone = shownStep(lesson)?.standing.state !== 'open' && shownStep(lesson) !== null;
  const isAtEnd = place === null || place.from + place.room >= place.total;
  return isDone || isAtEnd ? goNext(state, lesson) : scrollLesson(state, place.room - 1);
};
