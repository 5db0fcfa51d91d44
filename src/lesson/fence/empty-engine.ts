import type { Engine } from '../../engine/engine.ts';
import { listEverything, type Baseline } from './baseline.ts';
import { cleanUp } from './clean-up.ts';
import { listLeftovers } from './leftovers.ts';
import { madeContainer, madeImage, madeVolume } from './made.ts';
import type { Fence } from './ownership.ts';

/**
 * Takes away all that is not in the baseline, but the image that lessons begin with: only for an engine that is a
 * lesson's own. Gives what stayed, a sentence each.
 */
export async function emptyEngine(engine: Engine, baseline: Baseline): Promise<string[]> {
  const { container, image, volume } = await listEverything(engine);
  // Networks have no other sign: no run has put its label on anything there.
  const runs = new Set(['']);
  const made = new Set([
    ...container.map(({ id }) => madeContainer(id)),
    ...image.map(({ id }) => madeImage(id)),
    ...volume.map(({ name }) => madeVolume(name)),
  ]);
  const fence: Fence = { label: 'slipway.run', runs, made, baseline };
  const { leftovers } = await listLeftovers(engine, fence);
  const { kept } = await cleanUp(engine, leftovers);
  return kept.map(({ leftover, why }) => `${leftover.line}: ${why}`);
}

export const NOTHING_THERE: Baseline = { at: 0, containers: [], images: [], volumes: [], networks: [] };
