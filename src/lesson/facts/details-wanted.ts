import type { Container, Image, Kind } from '../../engine/objects.ts';
import type { Check, Filter, ImagePredicate } from '../check.ts';
import type { Lists } from './take-lists.ts';
import { askedBy, isKind } from './asked-by.ts';
import type { Asked } from './asked-by.ts';
import { findByName, findLikely } from './find-things.ts';
import type { Findable } from './find-things.ts';

/** More are not looked into: named ones come first, then the newest. */
const MOST = 50;

/** Containers and images that have to be inspected: what a check names, and what its filters may let through. */
export function detailsWanted(
  checks: readonly Check[],
  lists: Lists,
  isOurs: (item: Container | Image) => boolean,
  since: number,
): { containers: Container[]; images: Image[] } {
  const asked = askedBy(checks);
  const select = <T extends Findable & (Container | Image)>(kind: Kind, rows: readonly T[]): T[] => {
    const named = namesIn(asked, kind).flatMap((name) => findByName(rows, name));
    const filtered = filtersIn(asked, kind).flatMap((filter) =>
      findLikely(kind, rows, filter, isOurs, since),
    );
    const newest = filtered.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
    return [...new Set([...named, ...newest])].slice(0, MOST);
  };
  return { containers: select('container', lists.containers), images: select('image', lists.images) };
}

function namesIn({ claims }: Asked, kind: Kind): string[] {
  return claims.filter(isKind).flatMap((claim) => {
    const own = claim.subject === kind && 'name' in claim.of ? [claim.of.name] : [];
    return kind === 'image' && claim.subject === 'image'
      ? [...own, ...claim.predicates.flatMap(comparedWith)]
      : own;
  });
}

/** Images that another one is compared with by its layers. */
function comparedWith(predicate: ImagePredicate): string[] {
  if ('sameLayers' in predicate) return [predicate.sameLayers.as];
  return 'layersMore' in predicate ? [predicate.layersMore.than] : [];
}

function filtersIn({ claims, others }: Asked, kind: Kind): Filter[] {
  const own = claims.flatMap((claim) =>
    isKind(claim) && claim.subject === kind && 'filter' in claim.of ? [claim.of.filter] : [],
  );
  return [...own, ...others.flatMap((other) => (other.kind === kind ? [other.filter] : []))];
}
