import { isSameImage, withoutLocalhost } from '../../engine/image-name.ts';
import { beginsId } from '../../engine/object-id.ts';
import type { Kind } from '../../engine/objects.ts';
import type { Filter } from '../check.ts';

/** Of a row of a list, or of its facts, what it is found by. */
export type Findable = {
  /** Volumes have no other identity than their name. */
  id?: string;
  name?: string;
  /** Names of an image. */
  tags?: readonly string[];
  image?: string;
  createdAt?: number | null;
};

/** Things of that name, else those whose id begins so. */
export function findByName<T extends Findable>(things: readonly T[], name: string): T[] {
  const called = things.filter((thing) => isCalled(thing, name));
  return called.length > 0 ? called : things.filter(({ id }) => id !== undefined && beginsId(id, name));
}

function isCalled({ name: own, tags }: Findable, name: string): boolean {
  return tags === undefined ? own === name : tags.some((tag) => isSameImage(tag, name));
}

/**
 * Those that a filter may let through: ours, or new since the lesson began, with a name and an image that fit. The judge
 * looks closer; here it is only about what is worth asking for.
 */
export function findLikely<T extends Findable>(
  kind: Kind,
  things: readonly T[],
  filter: Filter,
  isOurs: (thing: T) => boolean,
  since: number,
): T[] {
  // Lists tell times in whole seconds.
  const second = Math.floor(since / 1000) * 1000;
  return things
    .filter((thing) => isOurs(thing) || (thing.createdAt ?? 0) >= second)
    .filter((thing) => filter.name === undefined || fitsName(thing, filter.name))
    .filter(
      ({ image }) =>
        kind !== 'container' ||
        filter.image === undefined ||
        image === undefined ||
        isSameImage(image, filter.image) ||
        // A name that has moved on: the list shows an id.
        /^(sha256:)?[0-9a-f]{12,64}$/.test(image),
    );
}

/** What stands before the first star and after the last one; podman’s `localhost/` and a left out `:latest` do not count. */
function fitsName({ name = '', tags }: Findable, pattern: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return isCalled({ name, ...(tags && { tags }) }, pattern);
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  return (tags ?? [name]).some((own) => {
    const typed = withoutLocalhost(own);
    return typed.startsWith(first) && (typed.endsWith(last) || typed.endsWith(`${last}:latest`));
  });
}
