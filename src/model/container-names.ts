import type { Item } from '../engine/objects.ts';
import { memoizeLast } from './memoize.ts';
import { shortId } from '../engine/object-id.ts';
import type { State } from './state.ts';

/** Names of the containers in the list, by the first twelve digits of their ids. */
export type ContainerNames = ReadonlyMap<string, string>;

/** The same map as long as the same containers have the same names. */
export function selectContainerNames({ objects }: State): ContainerNames {
  return byText(pairsOf(objects.container.items));
}

const pairsOf = memoizeLast((items: ReadonlyMap<string, Item> | null): string => {
  const pairs = [...(items?.values() ?? [])].map((item) => [
    shortId(item.id),
    'name' in item ? item.name : '',
  ]);
  return JSON.stringify(pairs);
});

const byText = memoizeLast(
  (pairs: string): ContainerNames => new Map(JSON.parse(pairs) as [string, string][]),
);

/** A sentence with names in the place of ids: `starts the container web`. */
export function withContainerNames(text: string, names: ContainerNames): string {
  return text.replace(/\b[0-9a-f]{12}\b/g, (id) => names.get(id) || id);
}
