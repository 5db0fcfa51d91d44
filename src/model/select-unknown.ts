import type { Item } from '../engine/objects.ts';
import { memoizeLast } from './memoize.ts';
import type { State } from './state.ts';

const NONE: readonly string[] = [];

const uncounted = memoizeLast((items: ReadonlyMap<string, Item> | null): readonly string[] => {
  const ids = [...(items?.values() ?? [])]
    .filter((i) => i.kind === 'image' && i.layers === null)
    .map((i) => i.id);
  return ids.length === 0 ? NONE : [ids.join(' ')];
});

/** Ids, as one key, of the images whose layers have not been counted yet. */
export function selectUncountedImages(state: State): readonly string[] {
  return state.engine === null || state.engine.lost !== null ? NONE : uncounted(state.objects.image.items);
}

const names = memoizeLast((items: ReadonlyMap<string, Item> | null): readonly string[] =>
  items === null || items.size === 0 ? NONE : [[...items.keys()].join(' ')],
);

/** Up to this many containers and volumes, asking for sizes costs the engine some ten milliseconds; 1,000 cost seconds. */
const CHEAP = 50;

/** A key that changes with the set of volumes: where measuring is dear, only while they are being looked at. */
export function selectVolumesToMeasure(state: State): readonly string[] {
  if (state.engine === null || state.engine.lost !== null) return NONE;
  const { container, volume } = state.objects;
  if (container.items === null || volume.items === null) return NONE;
  const isCheap = container.items.size + volume.items.size <= CHEAP;
  return isCheap || state.subject === 'volume' ? names(volume.items) : NONE;
}
