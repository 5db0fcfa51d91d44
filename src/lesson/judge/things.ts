import { isSameImage } from '../../engine/image-name.ts';
import { beginsId, shortId } from '../../engine/object-id.ts';
import type { Kind } from '../../engine/objects.ts';
import type { ContainerFacts, ImageFacts, NetworkFacts, VolumeFacts, World } from '../world.ts';

/** What a claim may be about, by the kind of its subject. */
export type ThingOf = {
  container: ContainerFacts;
  image: ImageFacts;
  volume: VolumeFacts;
  network: NetworkFacts;
};

export function allThings<K extends Kind>(world: World, kind: K): readonly ThingOf[K][] {
  const lists: { [Of in Kind]: readonly ThingOf[Of][] } = {
    container: world.containers,
    image: world.images,
    volume: world.volumes,
    network: world.networks,
  };
  return lists[kind];
}

/** All names of a thing: an image has one for each tag, or none. */
export function namesOf(thing: ThingOf[Kind]): readonly string[] {
  return 'tags' in thing ? thing.tags : [thing.name];
}

/** What to call it: the first of its names, else the beginning of its id. */
export function nameOf(thing: ThingOf[Kind]): string {
  return namesOf(thing)[0] ?? shortId(idOf(thing));
}

/** Volumes have no other identity than their name. */
export function idOf(thing: ThingOf[Kind]): string {
  return 'id' in thing ? thing.id : thing.name;
}

/** Things of that very name (networks may share one), else the one whose id begins so. */
export function findNamed<K extends Kind>(world: World, kind: K, name: string): readonly ThingOf[K][] {
  const things = allThings(world, kind);
  const called = things.filter((thing) => namesOf(thing).some((own) => isSameName(kind, own, name)));
  if (called.length > 0 || kind === 'volume') return called;
  const begun = things.filter((thing) => beginsId(idOf(thing), name));
  return begun.length === 1 ? begun : [];
}

export function isSameName(kind: Kind, one: string, other: string): boolean {
  return kind === 'image' ? isSameImage(one, other) : one === other;
}

/** By the name it was made with, or because that name means the same image now. */
export function isMadeFrom(world: World, container: ContainerFacts, image: string): boolean {
  return (
    isSameImage(container.image, image) ||
    findNamed(world, 'image', image).some(({ id }) => id === container.imageId)
  );
}
