import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storedConfig } from './stored-config.ts';
import type { StoredImage, StoredLayer, StorePlace } from './store.ts';

/** Docker’s classic store: `image/DRIVER/imagedb` and `layerdb`, and the files below `DRIVER/CACHE-ID/diff`. */
export async function dockerStore({ dataRoot, driver, imageId, diffIds }: StorePlace): Promise<StoredImage> {
  const images = join(dataRoot, 'image', driver);
  const [algorithm, digest] = imageId.split(':');
  const config = await storedConfig(join(images, 'imagedb/content', algorithm!, digest!), imageId);
  const layers = await Promise.all(
    chainIds(diffIds).map(async (chainId): Promise<StoredLayer> => {
      const folder = join(images, 'layerdb', chainId.replace(':', '/'));
      const cacheId = (await readFile(join(folder, 'cache-id'), 'utf8')).trim();
      const files = join(dataRoot, driver, cacheId, 'diff');
      const diffId = (await readFile(join(folder, 'diff'), 'utf8')).trim();
      return { diffId, tarSplit: join(folder, 'tar-split.json.gz'), files };
    }),
  );
  return { config, layers };
}

/** A layer on those below it (OCI image configuration, “Layer ChainID”). */
function chainIds(diffIds: readonly string[]): string[] {
  const chain: string[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    const id = `sha256:${createHash('sha256').update(`${below} ${diffId}`).digest('hex')}`;
    chain.push(below === undefined ? diffId : id);
  }
  return chain;
}
