import type { EngineAbout } from '../../engine/engine.ts';
import { madeSwarm } from '../../lesson/fence/made.ts';
import type { Lesson } from '../../lesson/lesson.ts';

/** Why a lesson on swarms is only for reading on an engine whose swarm is somebody’s: it begins one and leaves it. */
export function strangeSwarm(
  { needs }: Pick<Lesson, 'needs'>,
  { swarmNode }: Pick<EngineAbout, 'swarmNode'>,
  { made }: { made: readonly string[] },
): string[] {
  if (swarmNode === '' || !needs.features.includes('swarm') || made.includes(madeSwarm(swarmNode))) return [];
  return ['This engine is in a swarm already, which is left alone. In a sandbox you can play it.'];
}
