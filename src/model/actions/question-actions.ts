import { hereOf, letterOf, openQuestion } from '../lesson-view/shown-step.ts';
import type { Action } from './action.ts';
import { needsLesson, withLesson } from './with-lesson.ts';

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
