import type { EngineFamily } from '../engine/engine.ts';
import type { Block, Condition, Feature } from './lesson.ts';

/** What decides about the `only` blocks of a lesson. */
export type Here = { family: EngineFamily; features: ReadonlySet<Feature> };

/** The blocks as they are seen there: those inside an `only` that fits take its place, the others are gone. */
export function visibleBlocks(blocks: readonly Block[], here: Here): Block[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'only') return [block];
    return isSo(block.where, here) ? visibleBlocks(block.blocks, here) : [];
  });
}

/** Every block, whatever the engine; an `only` is replaced by what is in it. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => (block.kind === 'only' ? allBlocks(block.blocks) : [block]));
}

function isSo(where: Condition, { family, features }: Here): boolean {
  return 'family' in where ? where.family === family : features.has(where.feature) === where.present;
}
