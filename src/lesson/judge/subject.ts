import type { Kind } from '../../engine/objects.ts';
import type { World } from '../world.ts';
import { idOf, namesOf, type ThingOf } from './things.ts';

/** One thing that a claim is made of, in its world. */
export type Subject<K extends Kind> = {
  world: World;
  thing: ThingOf[K];
  /** What facts about it may have been asked by: the name in the check, its own names, its id. */
  askedAs: readonly string[];
};

export function subjectOf<K extends Kind>(world: World, thing: ThingOf[K], name: string | null): Subject<K> {
  const own = [...namesOf(thing), idOf(thing)];
  return { world, thing, askedAs: name === null ? own : [name, ...own] };
}
