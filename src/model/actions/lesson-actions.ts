import type { Effect, Intent, LearnTask } from '../intents.ts';
import type { OpenLesson } from '../learn-state.ts';
import { LESSON_KEYS } from '../lesson-keys.ts';
import { goingOn } from '../lesson-view/going-on.ts';
import { nextLesson } from '../lesson-view/next-lesson.ts';
import {
  hereOf,
  isNotebook,
  letterOf,
  lostChecks,
  openQuestion,
  shownStep,
} from '../lesson-view/shown-step.ts';
import { typedLines } from '../lesson-view/typed-lines.ts';
import { visibleCommands } from '../lesson-view/visible-parts.ts';
import { selectLessonPlace } from '../select-lesson.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { goTo, noLesson, notice } from './moving-actions.ts';
import { openLessons } from './open-lessons.ts';

type WithLesson = (state: State, lesson: OpenLesson) => readonly Intent[];

/** Why not, for an action that needs a lesson; `more` says what else may stand in its way. */
function needsLesson(
  more: (state: State, lesson: OpenLesson) => string = () => '',
): (state: State) => string {
  return (state) => {
    const { lesson } = state.learn;
    return lesson === null ? noLesson(state) : more(state, lesson);
  };
}

function withLesson(perform: WithLesson): Action['perform'] {
  return (state) => (state.learn.lesson === null ? [] : perform(state, state.learn.lesson));
}

const isRunning = (_: State, { phase, task }: OpenLesson): string => {
  if (phase === 'preparing') return 'The lesson is not ready yet.';
  if (phase === 'failed') return 'The lesson could not begin.';
  return task === '' ? '' : `${task} … goes first.`;
};

const isInStep = (state: State, lesson: OpenLesson): string =>
  isRunning(state, lesson) || (shownStep(lesson) === null ? 'No step is in view.' : '');

const isInCurrent = (state: State, lesson: OpenLesson): string =>
  isRunning(state, lesson) || (lesson.current >= lesson.lesson.steps.length ? 'All steps are over.' : '');

const show = (step: number): Intent => ({ event: { type: 'step-shown', step } });
const effect = (made: Effect): readonly Intent[] => [{ effect: made }];

/** The next step, the notebook after the last, the next lesson after that; or why it is not time for it. */
const goNext: WithLesson = (state, lesson) => {
  if (lesson.phase === 'preparing') return [notice(state, 'The lesson is not ready yet.')];
  if (lesson.phase === 'failed') return effect({ do: 'open-lesson', lesson: lesson.lesson.id, anew: false });
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
  const next = nextLesson(state.learn.catalogue, lesson.lesson.id);
  return next === null ? openLessons() : effect({ do: 'open-lesson', lesson: next.id, anew: false });
}

/** Like the key of a pager: first the rest of the text, then what comes after it. */
const goOn: WithLesson = (state, lesson) => {
  const place = selectLessonPlace(state);
  const isDone = shownStep(lesson)?.standing.state !== 'open' && shownStep(lesson) !== null;
  const isAtEnd = place === null || place.from + place.room >= place.total;
  return isDone || isAtEnd ? goNext(state, lesson) : scrollLesson(state, place.room - 1);
};

export function scrollLesson(state: State, by: number): readonly Intent[] {
  const place = selectLessonPlace(state);
  if (place === null) return [];
  const scroll = Math.max(0, Math.min(place.total - place.room, place.from + by));
  return [{ event: { type: 'lesson-changed', change: { scroll } } }];
}

function page(state: State): number {
  return Math.max(1, (selectLessonPlace(state)?.room ?? 2) - 1);
}

function scrolling(id: string, title: string, keys: readonly string[], by: (state: State) => number): Action {
  return {
    id,
    title,
    keys,
    scope: 'lesson',
    moves: true,
    perform: (state) => scrollLesson(state, by(state)),
  };
}

/** The first command of the shown step that was not typed yet, else its last one. */
function commandToInsert(state: State, lesson: OpenLesson): string | null {
  const shown = shownStep(lesson);
  if (shown === null) return null;
  const commands = visibleCommands(shown.step, hereOf(state));
  const typed = typedLines(commands, lesson, state.shells.typed, state.learn.typedBefore);
  return commands[typed.indexOf(false)] ?? commands.at(-1) ?? null;
}

/** The command stands at the prompt, to be looked at and sent by the person; whose shell that is, the lesson knows. */
const insertCommand: WithLesson = (state, lesson) => {
  const text = commandToInsert(state, lesson);
  if (text === null) return [];
  return [
    { effect: { do: 'insert-command', text } },
    { event: { type: 'focus-moved', to: 'terminal' } },
    { event: { type: 'line-typed', typing: true } },
  ];
};

const openHint: WithLesson = (_, lesson) => {
  const shown = shownStep(lesson);
  return shown === null ? [] : [{ event: { type: 'hint-opened', step: shown.step.id } }];
};

function noHintLeft(state: State, lesson: OpenLesson): string {
  const shown = shownStep(lesson);
  if (shown === null) return 'Hints are there in the steps.';
  const { hints, solution, id } = shown.step;
  const total = hints.length + (solution.length > 0 ? 1 : 0);
  if (total === 0) return 'This step has no hints.';
  return (lesson.hints.get(id) ?? 0) >= total
    ? 'All hints are open, and the solution.'
    : isRunning(state, lesson);
}

/** The session lists first what the task would remove, and asks. */
const offer = (task: LearnTask): readonly Intent[] => effect({ do: 'offer-task', task });

/** One that never ran has made nothing that could be listed. */
function leaveLesson({ learn }: State): readonly Intent[] {
  const hasBegun = learn.lesson?.phase === 'running' || learn.lesson?.phase === 'finished';
  return effect({ do: 'leave-lesson', cleanUp: hasBegun });
}

function toLessons(state: State): readonly Intent[] {
  return state.learn.lesson === null || state.focus === 'lesson' ? openLessons() : goTo(state, 'lesson');
}

/** A letter answers the question that is open. */
export const QUESTION_ACTIONS: readonly Action[] = Array.from({ length: 6 }, (_, option): Action => {
  const letter = letterOf(option);
  return {
    id: `answer-${letter}`,
    title: `Answer ${letter}`,
    keys: [letter],
    scope: 'question',
    moves: true,
    ...(option === 0 && { short: 'answer' }),
    unavailable: needsLesson((state, lesson) => {
      const asked = openQuestion(lesson, hereOf(state));
      if (asked === null) return 'No question is open.';
      const last = asked.question.options.length - 1;
      return option <= last ? '' : `The question has the answers a–${letterOf(last)}.`;
    }),
    perform: withLesson((state, lesson) => {
      const asked = openQuestion(lesson, hereOf(state));
      return asked === null ? [] : [{ event: { type: 'question-answered', block: asked.block, option } }];
    }),
  };
});

type LessonAction = Omit<Action, 'scope' | 'keys'> & { id: keyof typeof LESSON_KEYS };

const lessonAction = (action: LessonAction): Action => ({
  scope: 'lesson',
  keys: LESSON_KEYS[action.id],
  ...action,
});

export const LESSON_ACTIONS: readonly Action[] = [
  lessonAction({
    id: 'lesson-next',
    title: 'Next step',
    short: 'next',
    unavailable: needsLesson(),
    perform: withLesson(goNext),
  }),
  lessonAction({
    id: 'lesson-go-on',
    title: 'Read on, then the next step',
    short: 'read on',
    unavailable: needsLesson(),
    perform: withLesson(goOn),
  }),
  lessonAction({
    id: 'insert-command',
    title: 'Put the next command at the prompt',
    short: 'insert',
    unavailable: needsLesson(
      (state, lesson) =>
        isInStep(state, lesson) ||
        (commandToInsert(state, lesson) === null ? 'This step has no command to insert.' : ''),
    ),
    perform: withLesson(insertCommand),
  }),
  lessonAction({
    id: 'check-now',
    title: 'Check now',
    short: 'check',
    unavailable: needsLesson(isInCurrent),
    perform: () => effect({ do: 'check-now' }),
  }),
  lessonAction({
    id: 'hint',
    title: 'Next hint; after the last, the solution',
    short: 'hint',
    unavailable: needsLesson(noHintLeft),
    perform: withLesson(openHint),
  }),
  lessonAction({
    id: 'lesson-previous',
    title: 'Look back at the previous step',
    short: 'back',
    unavailable: needsLesson((_, { shown }) => (shown < 0 ? 'This is the beginning.' : '')),
    perform: withLesson((_, { shown }) => [show(shown - 1)]),
  }),
  lessonAction({
    id: 'lesson-ahead',
    title: 'Look ahead at the next step',
    unavailable: needsLesson((_, lesson) => (isNotebook(lesson) ? 'This is the end.' : '')),
    perform: withLesson((_, { shown }) => [show(shown + 1)]),
  }),
  lessonAction({
    id: 'catch-up',
    title: 'Catch up to the step in view',
    unavailable: needsLesson(
      (state, lesson) =>
        isInStep(state, lesson) ||
        (lesson.shown > lesson.current ? '' : 'No step before this one is missing.'),
    ),
    perform: withLesson((_, { shown }) => offer({ name: 'catch-up', to: shown })),
  }),
  lessonAction({
    id: 'replay-missing',
    title: 'Make again what earlier steps had made and is gone',
    unavailable: needsLesson(
      (state, lesson) =>
        isRunning(state, lesson) || (lostChecks(lesson).length > 0 ? '' : 'Nothing is missing.'),
    ),
    perform: () => effect({ do: 'replay-missing' }),
  }),
  lessonAction({
    id: 'reset-step',
    title: 'Begin this step again',
    unavailable: needsLesson(isInCurrent),
    perform: () => offer({ name: 'reset-step' }),
  }),
  lessonAction({
    id: 'reset-lesson',
    title: 'Begin the whole lesson again',
    unavailable: needsLesson(isRunning),
    perform: () => offer({ name: 'reset-lesson' }),
  }),
  lessonAction({
    id: 'skip-step',
    title: 'Skip this step',
    unavailable: needsLesson(isInCurrent),
    perform: () => offer({ name: 'skip-step' }),
  }),
  lessonAction({
    id: 'export-notebook',
    title: 'Write the notebook to a file',
    unavailable: needsLesson((_, { notebook }) =>
      notebook === null ? 'The notebook comes at the end.' : '',
    ),
    perform: () => effect({ do: 'export-notebook' }),
  }),
  lessonAction({
    id: 'clean-up',
    title: 'Remove what the lesson has made',
    unavailable: needsLesson(isRunning),
    perform: () => offer({ name: 'clean-up' }),
  }),
  lessonAction({
    id: 'leave-lesson',
    title: 'Leave the lesson',
    short: 'leave',
    unavailable: needsLesson(),
    perform: leaveLesson,
  }),
  scrolling('lesson-up', 'Up', ['up', 'k'], () => -1),
  scrolling('lesson-down', 'Down', ['down', 'j'], () => 1),
  scrolling('lesson-page-up', 'A page up', ['pgup', 'ctrl-b'], (state) => -page(state)),
  scrolling('lesson-page-down', 'A page down', ['pgdn', 'ctrl-f'], page),
  scrolling('lesson-top', 'To the top', ['home', 'g'], () => -Infinity),
  scrolling('lesson-bottom', 'To the bottom', ['end', 'G'], () => Infinity),
  {
    ...lessonAction({ id: 'lessons', title: 'Lessons, or the one that is open', perform: toLessons }),
    scope: 'everywhere',
  },
];
