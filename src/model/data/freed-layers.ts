import type { SizedLayer } from '../../engine/data/layer-sizes.ts';

/** `at least`, `at most`: the engine does not tell enough to say it exactly. */
export type Freed = { bytes: number; how: 'exactly' | 'at least' | 'at most' };

type Layers = ReadonlyMap<string, readonly SizedLayer[] | null>;

/**
 * Bytes of the layers that only the removed images have, each counted once. A layer is the same one only on the same
 * layers below it. Images whose layers are not known count with what they share with nobody.
 */
export function layersFreed(
  removed: readonly { id: string; own: number }[],
  kept: readonly string[],
  layers: Layers,
): Freed {
  const stays = new Set(kept.flatMap((id) => placesOf(layers.get(id)).map(({ place }) => place)));
  const goes = new Map<string, number>();
  let unknown = 0;
  for (const { id, own } of removed) {
    if (!layers.get(id)) unknown += own;
    for (const { place, size } of placesOf(layers.get(id))) if (!stays.has(place)) goes.set(place, size);
  }
  const bytes = [...goes.values()].reduce((sum, size) => sum + size, unknown);
  const isKnown = [...removed.map(({ id }) => id), ...kept].every((id) => layers.get(id));
  return { bytes, how: isKnown ? 'exactly' : 'at least' };
}

function placesOf(layers: readonly SizedLayer[] | null | undefined): { place: string; size: number }[] {
  let below = '';
  return (layers ?? []).map(({ diffId, size }) => {
    below += ` ${diffId}`;
    return { place: below, size };
  });
}
