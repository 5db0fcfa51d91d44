import { didYouMean } from '../../engine/did-you-mean.ts';
import type { Kind } from '../../engine/objects.ts';
import type { World } from '../world.ts';
import { listed, named } from './plain-text.ts';
import { allThings, nameOf, namesOf } from './things.ts';

/** Of more names only these are compared: what is ours and new stands first. */
const COMPARED = 200;

/** `there is no container "keep"; there is "kepe"`. */
export function missingText(world: World, kind: Kind, name: string): string {
  const missing = `there is no ${kind} ${named(name)}`;
  const things = allThings(world, kind)
    .toSorted((a, b) => Number(b.ours) - Number(a.ours) || (b.createdAt ?? 0) - (a.createdAt ?? 0))
    .slice(0, COMPARED);
  const near = didYouMean(name.slice(0, COMPARED), things.flatMap(namesOf));
  if (near !== null) return `${missing}; there is ${named(near)}`;
  if (things.length === 0) return `${missing}; there are no ${kind}s`;
  return `${missing}; the ${kind}s here are: ${listed(things.map(nameOf))}`;
}
