import type { SizedLayer } from '../../engine/data/layer-sizes.ts';

/** `at least`, `at most`: the engine does not tell enough to say it exactly. */
export type Freed = { bytes: number; how: 'exactly' | 'at least' | 'at most' };

type Removed = {
  id: string;
  /** What it shares with nobody. */
  own: number;
  /** What the engine keeps of it beside the files of its layers: the archives that they came in, in the containerd store. */
  packed?: number;
};

type Layers = ReadonlyMap<string, readonly SizedLayer[] | null>;

/**
 * Bytes of the layers that only the removed images have, each counted once. A layer is the same one only on the same
 * layers below it. Images whose layers are not known count with what they share with nobody; of an image that shares
 * some, the engine does not tell which of its archives go.
 */
export function layersFreed(removed: readonly Removed[], kept: readonly string[], layers: Layers): Freed {
  const stays = new Set(kept.flatMap((id) => placesOf(layers.get(id)).map(({ place }) => place)));
  const goes = new Map<string, number>();
  let beside = 0;
  let isTold = true;
  for (const { id, own, packed = 0 } of removed) {
    const places = placesOf(layers.get(id));
    const isShared = places.some(({ place }) => stays.has(place) || goes.has(place));
    if (!layers.get(id)) beside += own;
    else if (!isShared) beside += packed;
    else if (packed > 0) isTold = false;
    for (const { place, size } of places) if (!stays.has(place)) goes.set(place, size);
  }
  const bytes = [...goes.values()].reduce((sum, size) => sum + size, beside);
  const isKnown = isTold && [...removed.map(({ id }) => id), ...kept].every((id) => layers.get(id));
  return { bytes, how: isKnown ? 'exactly' : 'at least' };
}

function placesOf(layers: readonly SizedLayer[] | null | undefined): { place: string; size: number }[] {
  let below = '';
  return (layers ?? []).map(({ diffId, size }) => {
    below += ` ${diffId}`;
    return { place: below, size };
  });
}
