import type { Check, Test } from '../../src/lesson/check.ts';
import type { Block, BlockContent, Lesson, Question, Step } from '../../src/lesson/lesson.ts';

export function aLesson(id: string, steps: readonly Step[], more: Partial<Lesson> = {}): Lesson {
  return {
    id,
    number: null,
    title: `All about ${id}`,
    version: 1,
    minutes: 10,
    difficulty: 'beginner',
    requires: [],
    teaches: [],
    myths: [],
    needs: { docker: '20.10', podman: '4.0', features: [] },
    images: [],
    vars: {},
    intro: [],
    steps,
    folder: `/lessons/${id}`,
    language: 'en',
    ...more,
  };
}

export function aStep(id: string, blocks: readonly Block[], more: Partial<Step> = {}): Step {
  return {
    id,
    kind: 'task',
    title: `Step ${id}`,
    blocks,
    checks: [],
    hints: [],
    solution: [],
    line: 1,
    ...more,
  };
}

export function aBlock(id: string, content: BlockContent): Block {
  return { id, line: 1, ...content };
}

export const prose = (id: string, markdown: string): Block => aBlock(id, { kind: 'prose', markdown });

/** The right option is the first one. */
export function aQuestion(ask: string, more: Partial<Question> = {}): Question {
  return {
    ask,
    options: ['right', 'wrong one', 'wrong two'],
    answer: 0,
    because: `That is how ${ask} is.`,
    wrong: { 1: 'Not one.', 2: 'Not two.' },
    ...more,
  };
}

export const quiz = (id: string, more: Partial<Question> = {}): Block =>
  aBlock(id, { kind: 'quiz', question: aQuestion(`the question ${id}`, more) });

export function aCheck(id: string, test: Test, more: Partial<Check> = {}): Check {
  return {
    id,
    claim: `claim ${id}`,
    needs: [],
    mode: 'ever',
    stable: 0,
    only: null,
    look: '',
    test,
    otherwise: [],
    line: 1,
    ...more,
  };
}
