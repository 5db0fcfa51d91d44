import type { OpenLesson } from '../learn-state.ts';
import type { OptionPart, QuestionPart } from './lesson-part.ts';
import { isSettled, letterOf } from './shown-step.ts';
import type { AskedQuestion } from './visible-parts.ts';

/** A question as it stands. A predict keeps its answer to itself until `isRevealed`; a quiz says at once. */
export function questionPart(
  lesson: OpenLesson,
  asked: AskedQuestion,
  isRevealed: boolean,
  leader: string,
): QuestionPart {
  const { block, kind, question } = asked;
  const chosen = lesson.answers.get(block);
  const isTold = kind === 'predict' ? isRevealed && chosen !== undefined : chosen !== undefined;
  const isRight = chosen === question.answer;
  // A wrong answer to a quiz is told, but not which one is right: it may be tried again.
  const showsRight = isTold && (kind === 'predict' || isRight);
  const options = question.options.map((text, i): OptionPart => ({
    key: `${block}:option:${i}`,
    letter: letterOf(i),
    text,
    ...optionLook(i === chosen, i === question.answer, isTold, showsRight),
  }));
  return {
    key: `${block}:ask`,
    kind,
    ask: question.ask,
    options,
    hint: hintOf(asked, isSettled(lesson, asked), isTold, chosen !== undefined, leader),
    wrong: {
      key: `${block}:wrong:${chosen}`,
      text: isTold && !isRight ? (question.wrong[chosen ?? -1] ?? '') : '',
    },
    because: { key: `${block}:because`, text: showsRight ? question.because : '' },
  };
}

function optionLook(
  isChosen: boolean,
  isAnswer: boolean,
  isTold: boolean,
  showsRight: boolean,
): Pick<OptionPart, 'mark' | 'word' | 'tone'> {
  if (showsRight && isAnswer)
    return { mark: '✓', word: isChosen ? 'your answer, right' : 'right', tone: 'good' };
  if (isTold && isChosen) return { mark: '✗', word: 'your answer, wrong', tone: 'warning' };
  if (isChosen) return { mark: '›', word: 'your guess', tone: 'accent' };
  return { mark: ' ', word: '', tone: 'plain' };
}

function hintOf(
  { kind, question }: AskedQuestion,
  isDone: boolean,
  isTold: boolean,
  isChosen: boolean,
  leader: string,
): string {
  const letters = `${leader}a–${letterOf(question.options.length - 1)}`;
  if (kind === 'quiz') return isDone ? '' : isChosen ? `Try again: ${letters}` : `Choose: ${letters}`;
  if (!isChosen) return `What do you expect? Choose: ${letters}`;
  return isTold ? '' : 'Your guess is noted. Now see what the engine does.';
}
