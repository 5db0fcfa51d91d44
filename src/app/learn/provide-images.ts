import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { isSameImage } from '../../engine/image-name.ts';
import { BASE_IMAGE, BASE_LABEL } from '../../sandbox/base-image.ts';
import { BUNDLED_IMAGES, loadBundledImage } from '../../sandbox/bundled-images.ts';

export type ImageOptions = { onLoad?: (name: string) => void; signal: AbortSignal };

/**
 * Sees to it that the images a lesson names are there, and the one all lessons stand on. One of the same name that is
 * somebody else's is left alone: then it throws `EngineError`.
 */
export async function provideImages(
  engine: Engine,
  names: readonly string[],
  { onLoad, signal }: ImageOptions,
): Promise<void> {
  const images = await engine.list('image');
  for (const name of new Set([BASE_IMAGE, ...names])) {
    if (!Object.hasOwn(BUNDLED_IMAGES, name)) continue;
    const there = images.find(
      (item) => item.kind === 'image' && item.tags.some((tag) => isSameImage(tag, name)),
    );
    if (there === undefined) {
      onLoad?.(name);
      await loadBundledImage(engine, name, { signal });
    } else if (there.kind !== 'image' || there.labels[BASE_LABEL] === undefined)
      throw new EngineError('conflict', `There is an image ${name} here that is not Slipway’s`, {
        advice: `It is left alone. Play the lesson in a sandbox (slipway learn --sandbox), or give that image another name.`,
      });
  }
}
