import { cancelled } from '../connection-error.ts';
import type { Endpoint } from '../endpoint.ts';
import type { EngineAbout, EngineFamily } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { looseRow } from '../fields.ts';
import { dockerStore } from './docker-store.ts';
import { diffIdsOf, imageSteps } from './image-steps.ts';
import type { ImageStep, Layer } from './layer.ts';
import { podmanStore } from './podman-store.ts';
import type { StoredImage } from './store.ts';
import { readTarSplit } from './tar-split.ts';

/** How to come to an engine's own files, where they are on this machine. */
export type Store = {
  family: EngineFamily;
  endpoint: Endpoint;
  about: () => Promise<EngineAbout>;
};

export type WantedImage = { id: string; diffIds: readonly string[]; signal?: AbortSignal | undefined };

/** Null where the store is not here, is not ours to read, or has anything odd about it: then the engine is asked. */
export async function storedImage(store: Store, { id, diffIds }: WantedImage): Promise<StoredImage | null> {
  if (store.endpoint.via !== 'unix') return null;
  return unlessOdd(async () => {
    const { dataRoot, storageDriver: driver } = await store.about();
    if (!dataRoot.startsWith('/') || !/^\w+$/.test(driver) || !/^(sha256:)?[0-9a-f]{64}$/.test(id))
      return null;
    const place = { dataRoot, driver, imageId: id, diffIds };
    const found = await (store.family === 'docker' ? dockerStore(place) : podmanStore(place));
    const isSame = [found.layers.map(({ diffId }) => diffId), diffIdsOf(found.config)].every(
      (ids) => String(ids) === String(diffIds),
    );
    return isSame ? found : null;
  });
}

export type StoredLayers = { steps: readonly ImageStep[]; layers: ReadonlyMap<string, Layer> };

/** Layers that are wanted, from such files; null as above. */
export async function storedLayers(
  store: Store,
  image: WantedImage,
  wanted: ReadonlySet<string>,
): Promise<StoredLayers | null> {
  const found = await storedImage(store, image);
  if (found === null) return null;
  return unlessOdd(async () => {
    const layers = new Map<string, Layer>();
    for (const { diffId, tarSplit } of found.layers) {
      if (image.signal?.aborted) throw cancelled();
      if (wanted.has(diffId) && !layers.has(diffId))
        layers.set(diffId, { diffId, ...(await readTarSplit(tarSplit, image.signal)) });
    }
    return { steps: imageSteps(looseRow(found.config)['history'], image.diffIds.length), layers };
  }, image.signal);
}

/** What a disk, a decompressor or a parser says against it; a bug of ours goes through. */
export async function unlessOdd<T>(read: () => Promise<T>, signal?: AbortSignal): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    const isOdd = error instanceof SyntaxError || (error instanceof Error && 'code' in error);
    if (isOdd || error instanceof EngineError) return null;
    throw error;
  }
}
