import type { Check } from '../../lesson/check.ts';
import type { Question, Step } from '../../lesson/lesson.ts';
import { visibleBlocks, type Here } from '../../lesson/visible-blocks.ts';

/** The checks of a step that are judged here, in the order of its text. */
export function visibleChecks(step: Step, here: Here): readonly Check[] {
  const ids = visibleBlocks(step.blocks, here).flatMap((block) => (block.kind === 'checks' ? block.ids : []));
  return step.checks.filter(({ id, only }) => ids.includes(id) && (only === null || only === here.family));
}

export type AskedQuestion = { block: string; kind: 'predict' | 'quiz'; question: Question };

export function visibleQuestions(step: Step, here: Here): readonly AskedQuestion[] {
  return visibleBlocks(step.blocks, here).flatMap((block) =>
    block.kind === 'predict' || block.kind === 'quiz'
      ? [{ block: block.id, kind: block.kind, question: block.question }]
      : [],
  );
}

/** All command lines that a step gives to be typed. */
export function visibleCommands(step: Step, here: Here): readonly string[] {
  return visibleBlocks(step.blocks, here).flatMap((block) => (block.kind === 'run' ? block.commands : []));
}
