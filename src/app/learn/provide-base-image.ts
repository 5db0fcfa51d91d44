import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { BASE_IMAGE, BASE_LABEL, isBaseImage, loadBaseImage } from '../../sandbox/base-image.ts';

export type BaseImageOptions = { onLoad?: () => void; signal: AbortSignal };

/**
 * Sees to it that the image all lessons stand on is there. One of the same name that is somebody else's is left alone:
 * then it throws `EngineError`.
 */
export async function provideBaseImage(engine: Engine, { onLoad, signal }: BaseImageOptions): Promise<void> {
  const images = await engine.list('image');
  const there = images.find((item) => item.kind === 'image' && item.tags.some(isBaseImage));
  if (there === undefined) {
    onLoad?.();
    await loadBaseImage(engine, { signal });
  } else if (there.kind !== 'image' || there.labels[BASE_LABEL] === undefined)
    throw new EngineError('conflict', `There is an image ${BASE_IMAGE} here that is not Slipway’s`, {
      advice: `It is left alone. Play the lesson in a sandbox (slipway learn --sandbox), or give that image another name.`,
    });
}
