import { Readable } from 'node:stream';
import type { Engine } from '../engine/engine.ts';
import { isSameImage } from '../engine/image-name.ts';
import { BASE_IMAGE, baseImage } from './base-image.ts';
import { type ImageParts, imageArchive } from './image-archive.ts';
import { WEB_IMAGE, webImage } from './web-image.ts';

/** The images that are there without a network, by name; each is put together when it is wanted. */
export const BUNDLED_IMAGES: Readonly<Record<string, () => Promise<ImageParts>>> = {
  [BASE_IMAGE]: baseImage,
  [WEB_IMAGE]: webImage,
};

/** Whether a name means one of them, as docker or as podman writes it. */
export function isBundledImage(tag: string): boolean {
  return Object.keys(BUNDLED_IMAGES).some((name) => isSameImage(tag, name));
}

/** Loads one of them. Works without a network: the image is put together here. */
export async function loadBundledImage(
  engine: Engine,
  name: string,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  const parts = await BUNDLED_IMAGES[name]?.();
  if (parts === undefined) throw new Error(`no image ${name} comes with Slipway`);
  await engine.load(Readable.from([imageArchive(parts)]), options);
}
