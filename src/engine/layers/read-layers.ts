import { apiPath } from '../api-path.ts';
import type { Client } from '../client.ts';
import { readable } from '../container-details.ts';
import * as field from '../fields.ts';
import { historySteps } from './history-steps.ts';
import type { ImageStep, Layer, LayerCache, LayeredImage, ReadingProgress } from './layer.ts';
import { pieces, readSaveArchive } from './read-save-archive.ts';
import { storedLayers, type Store } from './stored-image.ts';

export type ReadLayersOptions = {
  signal?: AbortSignal | undefined;
  cache?: LayerCache | undefined;
  /** Told while the engine sends its archive; never where layers come from the cache, or from its disk. */
  onProgress?: ((progress: ReadingProgress) => void) | undefined;
  /** Called before the engine is asked for its archive, which may take minutes; to abort the signal there is to say no. */
  beforeArchive?: (() => void) | undefined;
  /** False: only what the API gives, even where the engine's own files are at hand. */
  fast?: boolean;
};

type Inspected = { id: string; diffIds: readonly string[]; size: number | null };
type Read = { steps: readonly ImageStep[]; layers: ReadonlyMap<string, Layer> };

/**
 * What an image is made of. In this order: what the cache has; the headers that an engine on this machine keeps, where they
 * can be read; and its archive of the whole image, as for `docker save`.
 */
export async function readLayers(
  client: Client,
  store: Store,
  imageId: string,
  options: ReadLayersOptions = {},
): Promise<LayeredImage> {
  const image = await inspected(client, imageId, options.signal);
  const cached = await fromCache(image, options.cache);
  const missing = new Set(image.diffIds.filter((diffId) => !cached.has(diffId)));
  const steps = await knownSteps(client, image, missing.size, options);
  const read =
    steps !== null && missing.size === 0 ? null : await readMissing(client, store, image, missing, options);
  const all = new Map([...cached, ...(read?.layers ?? [])]);
  const whole = {
    id: image.id,
    steps: read?.steps ?? steps!,
    layers: image.diffIds.map((id) => all.get(id)!),
  };
  await keep(whole, missing, options.cache);
  return whole;
}

async function inspected(client: Client, id: string, signal: AbortSignal | undefined): Promise<Inspected> {
  const raw = await client.json({ path: apiPath`/images/${id}/json`, signal });
  return readable(() => {
    const image = field.row(raw, 'the image');
    const diffIds = field.texts(field.optionalRow(image['RootFS']), 'Layers');
    return { id: field.name(image, 'Id'), diffIds, size: field.optionalNumber(image, 'Size') };
  });
}

async function fromCache(
  { diffIds }: Inspected,
  cache: LayerCache | undefined,
): Promise<ReadonlyMap<string, Layer>> {
  if (cache === undefined) return new Map();
  const found = await Promise.all([...new Set(diffIds)].map((diffId) => cache.get(diffId)));
  return new Map(found.flatMap((layer) => (layer === null ? [] : [[layer.diffId, layer] as const])));
}

/** A new name for known layers has a history of its own, which the engine may tell well enough. */
async function knownSteps(
  client: Client,
  { id, diffIds }: Inspected,
  missing: number,
  { cache, signal }: ReadLayersOptions,
): Promise<readonly ImageStep[] | null> {
  if (missing > 0 || cache === undefined) return null;
  const kept = await cache.getSteps(id);
  if (kept !== null) return kept;
  return historySteps(await client.json({ path: apiPath`/images/${id}/history`, signal }), diffIds.length);
}

async function readMissing(
  client: Client,
  store: Store,
  image: Inspected,
  missing: ReadonlySet<string>,
  { fast = true, signal, onProgress, beforeArchive }: ReadLayersOptions,
): Promise<Read> {
  const stored = fast ? await storedLayers(store, { ...image, signal }, missing) : null;
  if (stored !== null) return stored;
  beforeArchive?.();
  const response = await client.stream(savedImage(image.id, signal));
  const onRead = onProgress && ((read: number) => onProgress({ read, total: image.size }));
  const { steps, layers } = await readSaveArchive(pieces(response), { diffIds: image.diffIds }, { onRead });
  return { steps, layers: new Map(layers.map((layer) => [layer.diffId, layer])) };
}

/** Docker and podman write the whole archive to their own disk before its first byte: a minute for a large image. */
export function savedImage(id: string, signal: AbortSignal | undefined) {
  return { path: apiPath`/images/${id}/get`, signal, answerWithin: null };
}

async function keep(
  { id, steps, layers }: LayeredImage,
  missing: ReadonlySet<string>,
  cache: LayerCache | undefined,
): Promise<void> {
  if (cache === undefined) return;
  const fresh = new Map(layers.map((layer) => [layer.diffId, layer]));
  for (const diffId of missing) await cache.put(fresh.get(diffId)!);
  await cache.putSteps(id, steps);
}
