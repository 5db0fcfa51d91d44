import type { Effect, Intent, LearnTask } from '../intents.ts';
import type { OpenLesson } from '../learn-state.ts';
import { scrollToCheck } from '../follow-lesson.ts';
import { LESSON_KEYS } from '../lesson-keys.ts';
import { hereOf, isNotebook, lostChecks, shownStep } from '../lesson-view/shown-step.ts';
import { typedLines } from '../lesson-view/typed-lines.ts';
import { visibleCommands } from '../lesson-view/visible-parts.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { goNext, goOn, show } from './go-through-lesson.ts';
import { wordsInView } from '../glossary/words-in-view.ts';
import { openGlossary } from './glossary-actions.ts';
import { goTo, notice } from './moving-actions.ts';
import { openLessons } from './open-lessons.ts';
import { LESSON_SCROLLING } from './scroll-lesson.ts';
import { isInCurrent, isInStep, isRunning, needsLesson, withLesson, type WithLesson } from './with-lesson.ts';

const effect = (made: Effect): readonly Intent[] => [{ effect: made }];

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

/** Who asks wants to see the answer. */
function checkNow(state: State): readonly Intent[] {
  const scroll = scrollToCheck(state);
  const shown: readonly Intent[] =
    scroll === null ? [] : [{ event: { type: 'lesson-changed', change: { scroll } } }];
  return [...shown, ...effect({ do: 'check-now' })];
}

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

function openWords(state: State): readonly Intent[] {
  const words = wordsInView(state);
  return words.length === 0 ? [notice(state, 'No word that is explained is in view.')] : openGlossary(words);
}

function toLessons(state: State): readonly Intent[] {
  return state.learn.lesson === null || state.focus === 'lesson' ? openLessons() : goTo(state, 'lesson');
}

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
    perform: checkNow,
  }),
  lessonAction({
    id: 'hint',
    title: 'Next hint; after the last, the solution',
    short: 'hint',
    unavailable: needsLesson(noHintLeft),
    perform: withLesson(openHint),
  }),
  lessonAction({
    id: 'lesson-words',
    title: 'What the words on the screen mean',
    short: 'words',
    unavailable: needsLesson((_, { phase }) =>
      phase === 'running' || phase === 'finished' ? '' : 'The lesson is not ready yet.',
    ),
    perform: openWords,
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
  ...LESSON_SCROLLING,
  {
    ...lessonAction({ id: 'lessons', title: 'Lessons, or the one that is open', perform: toLessons }),
    scope: 'everywhere',
  },
];
