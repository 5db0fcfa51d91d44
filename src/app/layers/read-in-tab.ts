import { EngineError } from '../../engine/errors.ts';
import type { ReadingProgress } from '../../engine/layers/layer.ts';
import type { LayersParts } from './follow-layers.ts';
import { layerCache, layersFolder } from './layer-cache.ts';

/** Progress arrives with every piece; the screen gets it this often, in milliseconds. */
const PROGRESS_EVERY = 100;

/** Reads what is in the layers of an image, for the tab. */
export async function readInTab(
  { engine, store, surroundings }: LayersParts,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const [imageId = '', how = ''] = key.split(' ');
  const unlessSlow = new AbortController();
  const isQuick = how === 'quickly';
  let toldAt = 0;
  const onProgress = (progress: ReadingProgress | null): void => {
    if (signal.aborted || Date.now() - toldAt < PROGRESS_EVERY) return;
    toldAt = Date.now();
    store.dispatch({ type: 'layers-reading', imageId, progress });
  };
  try {
    const image = await engine.readLayers(imageId, {
      signal: AbortSignal.any([signal, unlessSlow.signal]),
      cache: layerCache(layersFolder(surroundings.env, surroundings.home)),
      onProgress,
      beforeArchive: () => (isQuick ? unlessSlow.abort() : onProgress(null)),
    });
    if (!signal.aborted) store.dispatch({ type: 'layers-read', imageId, image });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (signal.aborted) return;
    if (unlessSlow.signal.aborted) store.dispatch({ type: 'layers-reading-stopped' });
    else store.dispatch({ type: 'layers-read-failed', imageId, why: error.message, advice: error.advice });
  }
}
