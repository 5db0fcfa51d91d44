import { humanSize } from '../../engine/human-size.ts';
import type { Container } from '../../engine/objects.ts';
import { namesOf } from '../actions/targets.ts';
import { containerPlaces, type Known, type Place } from './places.ts';

/** Containers that are named before the rest is counted. */
const NAMED = 8;

/** What is lost with containers, and what stays, with sizes where they have been measured. @param anonymous what becomes of volumes without a name */
export function removalBody(
  known: Known,
  containers: readonly Container[],
  anonymous: 'asked' | 'gone' = 'asked',
): string[] {
  const body = containers.slice(0, NAMED).map((c) => `${c.name}  (${c.image}, ${c.state})`);
  if (containers.length > NAMED) body.push(`… and ${containers.length - NAMED} more`);
  const places = containers.flatMap((c) => containerPlaces(known, c));
  const going = new Set(containers.map((c) => c.id));
  return [
    ...body,
    '',
    `Goes: what was written inside${sizesText(places.filter((p) => p.kind === 'writable'))}, and the logs.`,
    ...memoryLines(places),
    ...volumeLines(places, going),
    ...hostLines(places),
    ...anonymousLines(places, going, anonymous),
  ];
}

/** Only where all of them are known. */
function sizesText(places: readonly Place[]): string {
  const sizes = places.map((p) => p.size);
  if (places.length === 0 || sizes.includes(null)) return '';
  return ` (${humanSize(sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0))})`;
}

function memoryLines(places: readonly Place[]): string[] {
  const targets = new Set(places.flatMap((p) => (p.kind === 'tmpfs' ? [p.target] : [])));
  return targets.size === 0 ? [] : [`Goes: what is in memory at ${namesOf([...targets])}.`];
}

function volumeLines(places: readonly Place[], going: ReadonlySet<string>): string[] {
  return [...byName(places, 'volume').values()].map((place) => {
    const isLeft = place.users.every((c) => going.has(c.id));
    return `Stays: volume ${place.name}${sizesText([place])}${isLeft ? ', which nothing uses then' : ''}.`;
  });
}

function hostLines(places: readonly Place[]): string[] {
  const folders = [...byName(places, 'bind').keys()];
  return folders.length === 0 ? [] : [`Stays: ${namesOf(folders)} on the host.`];
}

function anonymousLines(
  places: readonly Place[],
  going: ReadonlySet<string>,
  becomes: 'asked' | 'gone',
): string[] {
  const all = [...byName(places, 'anonymous').values()];
  if (all.length === 0) return [];
  const held = all.filter((p) => p.users.some((c) => !going.has(c.id)));
  const free = all.filter((p) => !held.includes(p));
  const count = (list: readonly Place[]): string =>
    `${list.length} anonymous volume${list.length === 1 ? '' : 's'}`;
  return [
    ...(held.length === 0 ? [] : [`Stays: ${count(held)}, which other containers have too.`]),
    ...(free.length === 0
      ? []
      : becomes === 'gone'
        ? [`Goes: ${count(free)}${sizesText(free)}.`]
        : [`${count(free)}${sizesText(free)}: stays, unless removed with it.`]),
  ];
}

function byName(places: readonly Place[], kind: Place['kind']): ReadonlyMap<string, Place> {
  return new Map(places.filter((p) => p.kind === kind).map((p) => [p.name, p]));
}
