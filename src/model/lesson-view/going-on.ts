import type { OpenLesson } from '../learn-state.ts';
import { plainText } from './inline-text.ts';
import { letterOf, openCheck, shownStep } from './shown-step.ts';
import type { Here } from '../../lesson/visible-blocks.ts';
import { visibleChecks, visibleQuestions } from './visible-parts.ts';

/** Whether the person may go on from the step in view; `ends`: the step has no checks, and is done by going on. */
export type GoingOn = { may: true; ends: boolean } | { may: false; why: string };

export function goingOn(lesson: OpenLesson, here: Here): GoingOn {
  const shown = shownStep(lesson);
  if (shown === null || shown.standing.state !== 'open') return { may: true, ends: false };
  if (lesson.shown > lesson.current)
    return { may: false, why: `This step comes later: step ${lesson.current + 1} is to be done first.` };
  const asked = visibleQuestions(shown.step, here).find(({ block }) => !lesson.answers.has(block));
  const isChecked = visibleChecks(shown.step, here).length > 0;
  if (asked !== undefined && !isChecked)
    return {
      may: false,
      why: `First choose an answer: a–${letterOf(asked.question.options.length - 1)}.`,
    };
  if (!isChecked) return { may: true, ends: true };
  const open = openCheck(lesson, here);
  return {
    may: false,
    why: open === null ? 'The checks are being looked at.' : `Not yet: ${plainText(open.claim)}.`,
  };
}
