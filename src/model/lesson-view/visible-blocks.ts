import type { EngineFamily } from '../../engine/engine.ts';
import type { Check } from '../../lesson/check.ts';
import type { Block, Condition, Feature, Question, Step } from '../../lesson/lesson.ts';

/** What decides which blocks of a lesson are meant for this engine. */
export type Here = { family: EngineFamily; features: ReadonlySet<Feature> };

/** The blocks that are meant for here, those inside `only` in their place. */
export function visibleBlocks(blocks: readonly Block[], here: Here): readonly Block[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'only') return [block];
    return fits(block.where, here) ? visibleBlocks(block.blocks, here) : [];
  });
}

function fits(where: Condition, { family, features }: Here): boolean {
  return 'family' in where ? where.family === family : features.has(where.feature) === where.present;
}

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
