import type { Block, Lesson, Step } from '../lesson.ts';
import type { Linted, Say } from './lint-lesson.ts';
import { withInner } from '../read/parse-references.ts';

const MOST_TASKS = 5;
/** How many questions a step of this kind should have. */
const QUIZZES = { 'warm-up': 2, recap: 3 } as const;

export function lintSteps({ lesson }: Linted, say: Say): void {
  lintOrder(lesson, say);
  for (const step of lesson.steps) {
    if (step.kind === 'task') lintTask(step, say);
    else if (step.kind !== 'reading') lintQuizStep(step, step.kind, say);
    if (step.kind !== 'task' && step.checks.length > 0)
      say(
        'lesson.md',
        step.line,
        `“${step.id}” is a ${step.kind} step with a check: nobody is asked to do something there`,
      );
    lintQuestions(step, say);
  }
}

function lintOrder({ steps, number }: Lesson, say: Say): void {
  const tasks = steps.filter(({ kind }) => kind === 'task');
  const extra = tasks[MOST_TASKS];
  if (extra !== undefined)
    say(
      'lesson.md',
      extra.line,
      `there are ${tasks.length} steps with a task: more than ${MOST_TASKS} are too much for one sitting`,
    );
  if (tasks.length === 0)
    say('lesson.md', steps[0]?.line ?? 1, 'there is nothing to do: no step with a task', 'warning');
  for (const [i, { kind, line }] of steps.entries()) {
    if (kind === 'warm-up' && i > 0)
      say('lesson.md', line, 'the warm-up belongs before the other steps', 'warning');
    if (kind === 'recap' && i < steps.length - 1)
      say('lesson.md', line, 'the recap belongs after the other steps', 'warning');
  }
  if (steps[0]?.kind !== 'warm-up' && number !== 1)
    say(
      'lesson.md',
      steps[0]?.line ?? 1,
      'a warm-up is missing: two questions on an earlier lesson',
      'warning',
    );
  if (steps.at(-1)?.kind !== 'recap')
    say(
      'lesson.md',
      steps.at(-1)?.line ?? 1,
      'a recap is missing: three questions on what was new',
      'warning',
    );
}

function lintTask({ id, line, checks, hints, solution }: Step, say: Say): void {
  if (checks.length === 0)
    say(
      'lesson.md',
      line,
      `“${id}” has no check: add one, or make it {#${id} .reading} if there is nothing to do`,
    );
  if (solution.length === 0)
    say('lesson.md', line, `“${id}” has no solution: add its commands to solution.yaml`);
  if (hints.length === 0)
    say('lesson.md', line, `“${id}” has no hints: a nudge, the idea, and the shape with a blank`);
}

function lintQuizStep({ id, line, blocks }: Step, kind: keyof typeof QUIZZES, say: Say): void {
  const count = blocks.flatMap(withInner).filter((block) => block.kind === 'quiz').length;
  const wanted = QUIZZES[kind];
  if (count === 0)
    say('lesson.md', line, `“${id}” has no question: a ${kind} step has ${wanted} quiz blocks`);
  else if (count !== wanted)
    say('lesson.md', line, `“${id}” has ${count} questions: a ${kind} step should have ${wanted}`, 'warning');
}

function lintQuestions({ blocks }: Step, say: Say): void {
  for (const block of blocks.flatMap(withInner)) if (block.kind === 'quiz') lintQuiz(block, say);
}

/** Each wrong option is a misunderstanding that somebody has: it deserves an answer. */
function lintQuiz({ line, question }: Block & { kind: 'quiz' }, say: Say): void {
  for (const [i, option] of question.options.entries())
    if (i !== question.answer && question.wrong[i] === undefined)
      say('lesson.md', line, `the wrong option ${i} (“${option}”) has no text in if: say why it is wrong`);
}
