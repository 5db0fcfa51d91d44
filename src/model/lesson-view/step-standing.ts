import type { Step } from '../../lesson/lesson.ts';
import type { Telling } from './block-parts.ts';
import { goingOn } from './going-on.ts';
import { keyOf } from './key-of.ts';
import { said, type LessonPart } from './lesson-part.ts';
import { letterOf, lostChecks, openQuestion, shownStep } from './shown-step.ts';
import { visibleChecks } from './visible-parts.ts';

/** What earlier steps have made and what is gone since. */
export function lostParts(telling: Telling): LessonPart[] {
  const { lesson } = telling;
  const lost = lesson.shown === lesson.current ? lostChecks(lesson) : [];
  if (lost.length === 0) return [];
  return [
    ...lost.map(({ claim }) => said(`From an earlier step, and no longer so: ${claim}`, 'warning', '!')),
    said(`${keyOf(telling, 'replay-missing')} makes it again.`, 'quiet'),
  ];
}

const HINT_NAMES = ['a nudge', 'the idea', 'the shape'];

export function hintParts(step: Step, { lesson }: Telling): LessonPart[] {
  const open = lesson.hints.get(step.id) ?? 0;
  const hints = step.hints.slice(0, open).map((markdown, i): LessonPart => {
    const name = step.hints.length === HINT_NAMES.length ? `: ${HINT_NAMES[i]}` : '';
    const label = `Hint ${i + 1} of ${step.hints.length}${name}`;
    return { kind: 'text', key: `${step.id}:hint:${i}`, markdown, label, anchor: `hint ${i}` };
  });
  const isSolved = open > step.hints.length && step.solution.length > 0;
  if (!isSolved) return hints;
  const commands = step.solution.map((line) => ({ line, typed: false, next: false, last: false }));
  return [
    ...hints,
    { kind: 'commands', label: 'The solution', commands, anchor: `hint ${step.hints.length}` },
  ];
}

/** Where the step stands, and the key that leads on. */
export function endParts(telling: Telling): LessonPart[] {
  const { lesson, here, leader } = telling;
  const { standing } = shownStep(lesson)!;
  const isLast = lesson.shown === lesson.lesson.steps.length - 1;
  const next = `${keyOf(telling, 'lesson-next')} ${isLast ? 'opens the notebook' : 'goes on'}.`;
  const part = (text: string, tone: 'good' | 'quiet' | 'accent', mark: string): LessonPart[] => [
    { ...said(text, tone, mark), anchor: 'end' },
  ];
  if (standing.state === 'done') return part(`Step done. ${next}`, 'good', '✓');
  if (standing.state === 'skipped')
    return part(`Skipped: its solution was run for you. ${next}`, 'accent', '»');
  if (lesson.shown > lesson.current)
    return part(
      `You are looking ahead: step ${lesson.current + 1} is to be done first. ${keyOf(telling, 'catch-up')} catches up: the solutions before this step are run for you.`,
      'accent',
      '»',
    );
  const going = goingOn(lesson, here);
  if (going.may) return part(next, 'good', '›');
  const question = openQuestion(lesson, here);
  if (visibleChecks(shownStep(lesson)!.step, here).length > 0) return [];
  return question === null
    ? part(going.why, 'quiet', '›')
    : part(
        `Choose an answer to go on: ${leader}a–${letterOf(question.question.options.length - 1)}.`,
        'quiet',
        '›',
      );
}
