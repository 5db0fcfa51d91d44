import { keyLabel } from './key-label.ts';
import { leaderLabel } from './leader-key.ts';
import { lessonKey, type LessonKey } from './lesson-keys.ts';
import { goingOn } from './lesson-view/going-on.ts';
import { hereOf, letterOf, openQuestion, shownStep } from './lesson-view/shown-step.ts';
import { visibleCommands } from './lesson-view/visible-parts.ts';
import type { OpenLesson } from './learn-state.ts';
import type { Hint } from './select-bottom.ts';
import { selectLessonPlace } from './select-lesson.ts';
import type { State } from './state.ts';

/** What the bottom line says of a lesson while keys go to a shell: first how to go on, where that is possible. */
export function hintsInShell(state: State, lesson: OpenLesson): readonly Hint[] {
  const { config, shells } = state;
  const leader = leaderLabel(config);
  const readOn = lessonKey(config, 'lesson-go-on');
  if (shells.reading)
    return [
      [readOn, isDone(lesson) ? 'next step' : 'read on'],
      ['any other key', 'types'],
    ];
  if (isDone(lesson) || isThrough(lesson))
    return [
      [`✓ ${leader} ${readOn}`, isThrough(lesson) ? 'goes on' : 'next step'],
      [leader, 'then 8 lesson, ? keys'],
    ];
  return [[leader, `then ${afterLeader(state, lesson).join(', ')}, 8 lesson, ? keys`]];
}

function isDone(lesson: OpenLesson): boolean {
  const state = shownStep(lesson)?.standing.state;
  return state === 'done' || state === 'skipped';
}

function isThrough({ phase, notebook, shown, lesson }: OpenLesson): boolean {
  return phase === 'finished' && notebook !== null && shown >= lesson.steps.length;
}

function afterLeader(state: State, lesson: OpenLesson): string[] {
  const key = (action: LessonKey): string => lessonKey(state.config, action);
  const here = hereOf(state);
  const asked = openQuestion(lesson, here);
  const shown = shownStep(lesson);
  const last = asked === null ? '' : letterOf(asked.question.options.length - 1);
  const place = selectLessonPlace(state);
  const isMore = place !== null && place.from + place.room < place.total;
  return [
    ...(asked === null ? [] : [`a–${last} answer`]),
    ...(shown !== null && visibleCommands(shown.step, here).length > 0
      ? [`${key('insert-command')} insert`]
      : []),
    // A letter that answers cannot mean anything else.
    ...(asked === null && shown !== null && shown.step.checks.length > 0
      ? [`${key('check-now')} check`]
      : []),
    ...(shown !== null && shown.step.hints.length > 0 ? [`${key('hint')} hint`] : []),
    ...(isMore || goingOn(lesson, here).may ? [`${key('lesson-go-on')} read on`] : []),
  ];
}

/** Whether the key that goes on is worth its room; what it says otherwise, the open check says already. */
export function maySayNext(state: State): boolean {
  const { lesson } = state.learn;
  return lesson !== null && (lesson.phase === 'failed' || goingOn(lesson, hereOf(state)).may);
}

/** Beside the lesson is the terminal, for who reads of a command that is to be typed. */
export function typingHint(state: State): readonly Hint[] {
  const { lesson } = state.learn;
  const shown = lesson === null ? null : shownStep(lesson);
  const isOpen = shown?.standing.state === 'open' && shown.step.checks.length > 0;
  if (!isOpen || state.focus !== 'lesson') return [];
  return [[keyLabel((state.config.keys['focus-terminal'] ?? ['6'])[0] ?? ''), 'type']];
}
