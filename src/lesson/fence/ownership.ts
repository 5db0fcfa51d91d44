import type { Container, Image, Item, Network, Volume } from '../../engine/objects.ts';
import { bareId } from '../../engine/object-id.ts';
import { isOwnHelper } from '../../engine/own-helper.ts';
import type { Baseline } from './baseline.ts';
import { hasBegunSwarm, madeContainer, madeImage, madeTag, madeVolume, type Made } from './made.ts';

/** What tells ours from everybody else's: a label, what is known to have been made, and what was there before. */
export type Fence = {
  /** Name of the wire's label, `slipway.run`. */
  label: string;
  /** Its values in the runs of the program in which the lesson was open. */
  runs: ReadonlySet<string>;
  made: Made;
  baseline: Baseline;
};

/** The lists that the question is asked within: a volume is known by who mounts it, a container by its image's labels. */
export type Around = { containers: readonly Item<'container'>[]; images: readonly Item<'image'>[] };

export type Belonging =
  | { ours: true; why: string }
  /** `doubt` says why it is left alone although something of it looks like ours; empty where nothing does. */
  | { ours: false; doubt: string };

export type Ownership = {
  isOurs: (item: Item) => boolean;
  belonging: (item: Item) => Belonging;
  /** The same of one tag of an image: it may be ours where the image is not, and the other way round. */
  tagBelonging: (image: Image, tag: string) => Belonging;
};

/** The network between a swarm and its machine: Docker makes it and leaves it when the swarm is left. */
export const SWARM_BRIDGE = 'docker_gwbridge';

const NOT_OURS: Belonging = { ours: false, doubt: '' };

/**
 * Ours is what is not in the baseline, and carries the label of a run of the lesson, or is known to be made by it, or
 * (a volume) is mounted by containers of ours only.
 */
export function ownership(fence: Fence, around: Around = { containers: [], images: [] }): Ownership {
  const { made, baseline } = fence;
  const before = {
    container: new Set(baseline.containers),
    image: new Set(baseline.images.map(({ id }) => bareId(id))),
    volume: new Set(baseline.volumes),
    network: new Set(baseline.networks),
  };
  const tagsBefore = new Map(baseline.images.flatMap(({ id, tags }) => tags.map((tag) => [tag, bareId(id)])));
  const images = new Map(around.images.map((image) => [bareId(image.id), image]));
  const run = (item: Labelled): string => item.labels[fence.label] ?? '';
  const hasLabel = (item: Labelled): boolean => fence.runs.has(run(item));

  const container = (item: Container): Belonging => {
    if (made.has(madeContainer(item.id))) return ours('made by a command of this lesson');
    if (!hasLabel(item)) return NOT_OURS;
    const image = images.get(bareId(item.imageId));
    // `docker commit` copies labels into the image, and whoever starts a container from it inherits them.
    const isInherited = image?.kind === 'image' && run(image) === run(item);
    if (!isInherited) return ours('made in this lesson');
    return doubt('has the label of this lesson only from its image, and was started elsewhere');
  };

  const image = (item: Image): Belonging => {
    if (made.has(madeImage(item.id))) return ours('came while a command of this lesson ran');
    return hasLabel(item) ? ours('made from a container of this lesson') : NOT_OURS;
  };

  const volume = (item: Volume): Belonging => {
    if (hasLabel(item)) return ours('made in this lesson');
    const users = around.containers.filter(
      (user) => user.kind === 'container' && !isOwnHelper(user) && mountsIt(user, item),
    );
    const strangers = users.filter((user) => !isOurs(user));
    if (users.length > strangers.length && strangers.length > 0)
      return doubt(`is also used by ${strangers.map(({ name }) => name).join(', ')}`);
    const [user] = users;
    if (user !== undefined && strangers.length === 0) return ours(`made for ${user.name}`);
    const isMade = strangers.length === 0 && made.has(madeVolume(item.name));
    return isMade ? ours('made by a command of this lesson') : NOT_OURS;
  };

  const network = (item: Network): Belonging => {
    if (item.builtIn) return NOT_OURS;
    if (hasLabel(item)) return ours('made in this lesson');
    return item.name === SWARM_BRIDGE && hasBegunSwarm(made)
      ? ours('came with the swarm of this lesson')
      : NOT_OURS;
  };

  const belonging = (item: Item): Belonging => {
    if (item.kind === 'unreadable') return doubt(`cannot be read: ${item.why}`);
    if (before[item.kind].has(item.kind === 'image' ? bareId(item.id) : item.id)) return NOT_OURS;
    switch (item.kind) {
      case 'container':
        return container(item);
      case 'image':
        return image(item);
      case 'volume':
        return volume(item);
      case 'network':
        return network(item);
    }
  };
  const isOurs = (item: Item): boolean => belonging(item).ours;

  return {
    isOurs,
    belonging,
    tagBelonging(of, tag) {
      const was = tagsBefore.get(tag);
      if (was === bareId(of.id)) return NOT_OURS;
      if (was !== undefined)
        return doubt('named another image before the lesson, so it is not known whose it is');
      if (made.has(madeTag(tag))) return ours('a name given in this lesson');
      return belonging(of);
    },
  };
}

/**
 * Volumes that are ours now because of who mounts them, to be remembered as made: when their container is removed,
 * nothing tells any more whose they are.
 */
export function madeByMounts(
  fence: Fence,
  around: Around & { volumes: readonly Item<'volume'>[] },
): string[] {
  const { isOurs } = ownership(fence, around);
  return around.volumes.filter(isOurs).map(({ name }) => madeVolume(name));
}

type Labelled = { labels: Readonly<Record<string, string>> };

function mountsIt(container: Container, volume: Volume): boolean {
  return container.mounts.some((mount) => mount.type === 'volume' && mount.name === volume.name);
}

function ours(why: string): Belonging {
  return { ours: true, why };
}

function doubt(why: string): Belonging {
  return { ours: false, doubt: why };
}
