import type { PruneTarget } from '../../engine/commands.ts';
import type { Item, Kind } from '../../engine/objects.ts';
import { prunedItems } from '../prune.ts';
import { layersFreed, type Freed } from './freed-layers.ts';
import type { Known } from './places.ts';

/** A prune that can be asked for. */
export type CleanUp = { label: string; what: PruneTarget; all: boolean };

const CONTAINERS: CleanUp = { label: 'Remove all stopped containers', what: 'container', all: false };
const IMAGES: readonly CleanUp[] = [
  { label: 'Remove images without a name', what: 'image', all: false },
  { label: 'Remove all images that no container uses', what: 'image', all: true },
];
const BUILD_CACHE: CleanUp = { label: 'Remove the build cache', what: 'build-cache', all: false };
const VOLUMES: readonly CleanUp[] = [
  { label: 'Remove volumes without a name that no container uses', what: 'volume', all: false },
  { label: 'Remove all volumes that no container uses', what: 'volume', all: true },
];
const NETWORKS: CleanUp = {
  label: 'Remove all networks that no container uses',
  what: 'network',
  all: false,
};

/** The clean-ups of a list. Podman keeps no build cache. */
export function cleanUpsOf(kind: Kind, family: 'docker' | 'podman'): readonly CleanUp[] {
  switch (kind) {
    case 'container':
      return [CONTAINERS];
    case 'image':
      return family === 'podman' ? IMAGES : [...IMAGES, BUILD_CACHE];
    case 'volume':
      return VOLUMES;
    case 'network':
      return [NETWORKS];
  }
}

/** What a clean-up would give back; null while that has not been measured. */
export function wouldFree(known: Known, { what, all }: CleanUp): Freed | null {
  const { survey } = known.data;
  const usage = survey?.usage ?? null;
  const items = prunedItems(known, what, all);
  switch (what) {
    case 'network':
      return { bytes: 0, how: 'exactly' };
    case 'container':
      return usage && sum(items.map(({ id }) => usage.containers.find((c) => c.id === id)?.writable ?? null));
    case 'volume':
      return usage && sum(items.map(({ id }) => usage.volumes.find((v) => v.name === id)?.size ?? null));
    case 'build-cache':
      return usage?.buildCache ? cacheFreed(usage.buildCache) : null;
    case 'image':
      return survey && usage ? imagesFreed(known, items, survey) : null;
  }
}

type Survey = NonNullable<Known['data']['survey']>;

function imagesFreed({ objects, engine }: Known, items: readonly Item[], { usage, layers }: Survey): Freed {
  const removed = items.map(({ id }) => {
    const row = usage?.images.find((i) => i.id === id);
    if (row === undefined) return { id, own: 0 };
    const files = (layers.get(id) ?? []).reduce((total, { size }) => total + size, 0);
    // Podman's sizes also count what it notes of an image.
    const packed = engine?.family === 'docker' ? Math.max(0, row.size - files) : 0;
    return { id, own: row.size - (row.shared ?? row.size), packed };
  });
  const goes = new Set(items.map(({ id }) => id));
  const kept = [...(objects.image.items?.keys() ?? [])].filter((id) => !goes.has(id));
  return layersFreed(removed, kept, layers);
}

function sum(sizes: readonly (number | null)[]): Freed {
  const bytes = sizes.reduce<number>((total, size) => total + (size ?? 0), 0);
  return { bytes, how: sizes.includes(null) ? 'at least' : 'exactly' };
}

/** Without `-a` the builder keeps what it thinks worth keeping. */
function cacheFreed(cache: NonNullable<NonNullable<Survey['usage']>['buildCache']>): Freed {
  const idle = cache.filter((c) => !c.inUse && !c.shared);
  return {
    bytes: idle.reduce((total, c) => total + c.size, 0),
    how: idle.length === 0 ? 'exactly' : 'at most',
  };
}
