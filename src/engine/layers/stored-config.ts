import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tarError } from '../tar/tar-error.ts';

/** An image's config from a file; it has to be the one that the image is called after, so a store of somebody else does no harm. */
export async function storedConfig(file: string, imageId: string): Promise<unknown> {
  const bytes = await readFile(file);
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== imageId)
    throw tarError('the config on the disk is not that of the image');
  return JSON.parse(bytes.toString('utf8')) as unknown;
}
