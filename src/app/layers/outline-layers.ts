import { EngineError } from '../../engine/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ImageOutline } from '../../engine/layers/image-outline.ts';
import { sharedLayers, type ImageLayers } from '../../engine/layers/shared-layers.ts';
import type { Image } from '../../engine/objects.ts';
import { shortId } from '../../engine/object-id.ts';
import type { SharedWith } from '../../model/layers/layers-state.ts';
import { READ_UNASKED } from '../../model/layers/reading-text.ts';
import type { LayersParts } from './follow-layers.ts';

/** Tells what an image or a container is made of, without reading it; then what others have of it. */
export async function outlineLayers(
  { engine, store }: LayersParts,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const [kind = '', id = '', imageId = ''] = key.split(' ');
  const of = `${kind} ${id}`;
  store.dispatch({ type: 'layers-opened', of, imageId });
  try {
    const outline = await engine.imageOutline(imageId, { signal });
    if (signal.aborted) return;
    store.dispatch({ type: 'layers-outlined', of, outline });
    wantLayers({ store }, outline);
    if (kind === 'container') await tellMounts({ engine, store }, id, signal);
    const sharing = await sharingOf({ engine, store }, outline, signal);
    if (!signal.aborted) store.dispatch({ type: 'layers-sharing-told', of, sharing });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (!signal.aborted)
      store.dispatch({ type: 'layers-outline-failed', of, why: error.message, advice: error.advice });
  }
}

/** What is in the layers is read at once where that is no trouble: the person may look at it any moment. */
function wantLayers({ store }: Pick<LayersParts, 'store'>, { steps }: ImageOutline): void {
  if (store.getState().layers?.reading.phase !== 'unread') return;
  const bytes = steps.reduce((sum, { size }) => sum + size, 0);
  store.dispatch({ type: 'layers-wanted', quickly: bytes > READ_UNASKED });
}

async function tellMounts(
  { engine, store }: Pick<LayersParts, 'engine' | 'store'>,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const { mounts } = await engine.containerDetails(id, { signal });
  if (!signal.aborted) store.dispatch({ type: 'mounts-told', of: `container ${id}`, mounts });
}

/** Diff ids by image; they never change. */
const known = new WeakMap<Engine, Map<string, readonly string[]>>();

async function sharingOf(
  { engine, store }: Pick<LayersParts, 'engine' | 'store'>,
  { id, diffIds }: ImageOutline,
  signal: AbortSignal,
): Promise<SharedWith[]> {
  const images = [...(store.getState().objects.image.items?.values() ?? [])].filter(
    (i) => i.kind === 'image',
  );
  const all: ImageLayers[] = [];
  for (const image of images) {
    if (signal.aborted) return [];
    const layers = await layersOf(engine, image.id, signal);
    if (layers !== null) all.push({ id: image.id, layers });
  }
  const names = new Map(images.map((image) => [image.id, nameOf(image)]));
  const named = (ids: readonly string[]): string[] => ids.map((one) => names.get(one) ?? shortId(one));
  return sharedLayers({ id, layers: diffIds }, all).map(({ shared, alike }) => ({
    shared: named(shared),
    alike: named(alike),
  }));
}

/** Null for an image that has gone meanwhile. */
async function layersOf(engine: Engine, id: string, signal: AbortSignal): Promise<readonly string[] | null> {
  const ofEngine = known.get(engine) ?? new Map<string, readonly string[]>();
  known.set(engine, ofEngine);
  const told = ofEngine.get(id);
  if (told !== undefined) return told;
  try {
    const { layers } = await engine.imageDetails(id, { signal });
    ofEngine.set(id, layers);
    return layers;
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

function nameOf({ id, tags }: Image): string {
  return tags[0] ?? shortId(id);
}
