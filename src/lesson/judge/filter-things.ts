import { fullImageName, isSameImage } from '../../engine/image-name.ts';
import type { Kind } from '../../engine/objects.ts';
import type { Filter } from '../check.ts';
import type { ContainerFacts, ImageFacts, World } from '../world.ts';
import { sameState } from './container-state.ts';
import { fitsPlaceholder } from './fits-placeholder.ts';
import { isOfThing } from './judge-event.ts';
import { holdsAll } from './judge-pairs.ts';
import { named, pairs } from './plain-text.ts';
import { allThings, isMadeFrom, namesOf, type ThingOf } from './things.ts';

/** What happens to an image without making one, or a name for one. */
const NOT_A_BIRTH: ReadonlySet<string> = new Set(['delete', 'untag', 'push', 'save', 'prune']);

/** What the filter lets through of what is ours, or new since the lesson began. */
export function findFiltered<K extends Kind>(world: World, kind: K, filter: Filter): readonly ThingOf[K][] {
  return allThings(world, kind).filter(
    (thing) =>
      (thing.ours || isBornSince(world, kind, thing, world.began.lesson)) &&
      (filter.since !== 'step' || isBornSince(world, kind, thing, world.began.step)) &&
      fitsNames(kind, thing, filter) &&
      fitsOrigin(world, thing, filter) &&
      (filter.label === undefined || holdsAll(thing.labels, filter.label)),
  );
}

/** `containers called "box-*" from tiny:1, made in this step`. */
export function filterText(kind: Kind, filter: Filter, count: number): string {
  const adjective = `${filter.anonymous === true ? 'anonymous ' : ''}${filter.state ?? ''}`.trim();
  return [
    ...(adjective === '' ? [] : [adjective]),
    count === 1 ? kind : `${kind}s`,
    ...(filter.name === undefined ? [] : [`called ${named(filter.name)}`]),
    ...(filter.image === undefined ? [] : [`from ${filter.image}`]),
    ...(filter.label === undefined ? [] : [`labelled ${pairs(filter.label)}`]),
    ...(filter.since === undefined ? [] : [`made in this ${filter.since}`]),
  ].join(' ');
}

function fitsNames(kind: Kind, thing: ThingOf[Kind], filter: Filter): boolean {
  if (filter.anonymous !== undefined && isAnonymous(thing) !== filter.anonymous) return false;
  const { name } = filter;
  if (name === undefined) return true;
  if (kind !== 'image') return namesOf(thing).some((own) => fitsPlaceholder(name, own));
  return namesOf(thing).some((own) => fitsPlaceholder(fullImageName(name), fullImageName(own)));
}

function isAnonymous(thing: ThingOf[Kind]): boolean {
  if ('anonymous' in thing) return thing.anonymous;
  return namesOf(thing).length === 0;
}

function fitsOrigin(world: World, thing: ThingOf[Kind], { image, state }: Filter): boolean {
  if (state !== undefined && !(isContainer(thing) && sameState(thing.state, state))) return false;
  if (image === undefined) return true;
  if (isContainer(thing)) return isMadeFrom(world, thing, image);
  return isImage(thing) && thing.tags.some((tag) => isSameImage(tag, image));
}

export function isContainer(thing: ThingOf[Kind]): thing is ContainerFacts {
  return 'exitCode' in thing;
}

function isImage(thing: ThingOf[Kind]): thing is ImageFacts {
  return 'tags' in thing;
}

/**
 * Lists tell births in whole seconds, events more exactly. An image is as old as its build, wherever that was: what
 * brought it, or a name of it, counts too.
 */
function isBornSince(world: World, kind: Kind, thing: ThingOf[Kind], since: number): boolean {
  const own = world.events.filter((event) => event.kind === kind && isOfThing(thing)(event));
  if (kind === 'image' && own.some((event) => event.at >= since && !NOT_A_BIRTH.has(event.action)))
    return true;
  // A volume is known by its name only: it may have been made before, and removed.
  const created = own.findLast((event) => event.action === 'create');
  if (created !== undefined) return created.at >= since;
  if (thing.createdAt === null) return false;
  return thing.createdAt >= (thing.createdAt % 1000 === 0 ? Math.floor(since / 1000) * 1000 : since);
}
