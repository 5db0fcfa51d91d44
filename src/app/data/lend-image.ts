import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { BASE_IMAGE, BASE_LABEL, isBaseImage, loadBaseImage } from '../../sandbox/base-image.ts';

/**
 * Lends an image to make helpers from: Slipway's own, or with Docker, where helpers never start, any that is there. Where
 * there is none it is loaded, and removed again.
 */
export async function withHelperImage<T>(
  engine: Engine,
  signal: AbortSignal,
  work: (image: string) => Promise<T>,
): Promise<T> {
  const images = (await engine.list('image')).filter((item) => item.kind === 'image');
  const named = images.find((image) => image.tags.some(isBaseImage));
  if (named?.labels[BASE_LABEL] !== undefined) return work(named.id);
  const [any] = images;
  if (any !== undefined && engine.family === 'docker') return work(any.id);
  if (named !== undefined)
    throw new EngineError('conflict', `There is an image ${BASE_IMAGE} here that is not Slipway’s`, {
      advice: 'It is left alone. Give it another name.',
    });
  await loadBaseImage(engine, { signal });
  try {
    return await work(BASE_IMAGE);
  } finally {
    const image = { id: BASE_IMAGE, name: BASE_IMAGE };
    await engine.carryOut({ do: 'remove-image', image, force: false }).catch(unlessGone);
  }
}

/** Somebody has begun to use it, or removed it: both are theirs to do. */
function unlessGone(error: unknown): void {
  if (!(error instanceof EngineError)) throw error;
}
