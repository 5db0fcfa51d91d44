import type { Engine } from '../../engine/engine.ts';
import { listEverything, type Baseline } from './baseline.ts';
import { cleanUp } from './clean-up.ts';
import { listLeftovers } from './leftovers.ts';
import { madeContainer } from './made.ts';
import type { Fence } from './ownership.ts';

/**
 * Takes away all that is not in the baseline, but the image that lessons begin with: only for an engine that is a
 * lesson's own. Gives what stayed, a sentence each.
 */
export async function emptyEngine(engine: Engine, baseline: Baseline): Promise<string[]> {
  const { container } = await listEverything(engine);
  // No run has put its label on anything there, so that what has none is ours.
  const fence: Fence = {
    label: 'slipway.run',
    runs: new Set(['']),
    made: new Set(container.map(({ id }) => madeContainer(id))),
    baseline,
  };
  const { leftovers } = await listLeftovers(engine, fence);
  const { kept } = await cleanUp(engine, leftovers);
  return kept.map(({ leftover, why }) => `${leftover.line}: ${why}`);
}

export const NOTHING_THERE: Baseline = { at: 0, containers: [], images: [], volumes: [], networks: [] };
