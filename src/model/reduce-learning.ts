import { followLesson } from './follow-lesson.ts';
import { flash, type Touched } from './flashes.ts';
import { reduceLearn, type LearnEvent } from './learn-state.ts';
import type { State } from './state.ts';

/** What happened in a lesson, and what it does to the rest of the screen. */
export function reduceLearning(state: State, event: LearnEvent): State {
  const learn = reduceLearn(state.learn, event);
  if (learn === state.learn) return state;
  const next = followLesson(state, { ...state, learn }, event);
  switch (event.type) {
    case 'lesson-opened':
      return openLesson(next);
    case 'lesson-closed':
      return closeLesson(next);
    case 'checks-judged':
      return flashPassed(state, next);
    default:
      return next;
  }
}

/** The lesson comes to the front, with the terminal that its commands are typed in. */
function openLesson(state: State): State {
  const typedBefore = state.shells.typed.at(-1)?.id ?? -1;
  return {
    ...state,
    learn: { ...state.learn, typedBefore },
    focus: 'lesson',
    above: 'lesson',
    zoomed: false,
    dock: { open: true, front: 'terminal' },
    overlays: state.overlays.filter((o) => !['lessons', 'welcome', 'engines'].includes(o.kind)),
  };
}

function closeLesson(state: State): State {
  if (state.focus !== 'lesson') return state;
  return { ...state, focus: state.subject, zoomed: false };
}

const KINDS_OF_LISTS: Readonly<Record<string, Touched['kind']>> = {
  containers: 'container',
  images: 'image',
  volumes: 'volume',
  networks: 'network',
};

/** The row that a check is about catches the eye when it passes. */
function flashPassed(before: State, state: State): State {
  const lesson = state.learn.lesson;
  if (lesson === null) return state;
  const known = before.learn.lesson?.passed;
  const passed = lesson.lesson.steps
    .flatMap((step) => step.checks)
    .filter(({ id, look }) => look !== '' && lesson.passed.has(id) && !known?.has(id));
  return passed.reduce((next, { id, look }) => {
    const [list = '', ref = ''] = look.split('/');
    const kind = KINDS_OF_LISTS[list];
    return kind === undefined || ref === '' ? next : flash(next, [{ kind, ref }], lesson.passed.get(id)!);
  }, state);
}
