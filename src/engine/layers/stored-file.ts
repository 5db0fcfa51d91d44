import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import type { FoundFile } from '../engine.ts';
import { foundText } from '../found-text.ts';
import { exactBytes } from '../tar/exact-text.ts';
import { cleanPath } from './layer-reader.ts';
import { storedImage, unlessOdd, type Store, type WantedImage } from './stored-image.ts';

type FileWanted = { layer: number; path: string; limit: number };

/**
 * A file of a layer from the engine's own disk; null where that cannot be read, `file: null` where the layer has no such
 * path. No link is followed, neither at the end nor on the way: in an image it may lead anywhere on this machine.
 */
export async function storedFile(
  store: Store,
  image: WantedImage,
  { layer, path, limit }: FileWanted,
): Promise<{ file: FoundFile | null } | null> {
  const found = await storedImage(store, image);
  const folder = found?.layers[layer]?.files;
  if (folder === undefined || path === '' || cleanPath(path) !== path) return null;
  return unlessOdd(async () => {
    const root = await realpath(folder);
    const file = await plainFile(Buffer.concat([Buffer.from(`${root}/`), exactBytes(path)]), limit);
    // What is not on the disk may still be in the archive, under a folder that the layer's own link replaced.
    return file === null ? null : { file };
  });
}

async function plainFile(full: Buffer, limit: number): Promise<FoundFile | null> {
  const stat = await lstat(full);
  const folder = full.subarray(0, full.lastIndexOf('/'));
  const isAsNamed = (await realpath(folder, { encoding: 'buffer' })).equals(folder);
  if (!isAsNamed) return null;
  if (stat.isDirectory()) return { kind: 'folder' };
  // In an overlay a device 0:0 says that the path is gone.
  if (!stat.isFile()) return stat.isCharacterDevice() && stat.rdev === 0 ? null : { kind: 'other' };
  const handle = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(limit, stat.size)), 0);
    return foundText(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
