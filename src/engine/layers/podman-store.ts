import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { looseRow, type Row } from '../fields.ts';
import { tarError } from '../tar/tar-error.ts';
import { storedConfig } from './stored-config.ts';
import type { StoredImage, StoredLayer, StorePlace } from './store.ts';

/** Podman’s store (containers/storage): lists of images and layers beside their data, and the files below `DRIVER/ID/diff`. */
export async function podmanStore({ dataRoot, driver, imageId }: StorePlace): Promise<StoredImage> {
  const id = imageId.replace(/^sha256:/, '');
  const images = join(dataRoot, `${driver}-images`);
  const image = (await rowsIn(join(images, 'images.json'))).find((row) => row['id'] === id);
  const key = `=${Buffer.from(`sha256:${id}`).toString('base64')}`;
  const config = await storedConfig(join(images, id, key), `sha256:${id}`);
  const layers = await rowsIn(join(dataRoot, `${driver}-layers`, 'layers.json'));
  const byId = new Map(layers.map((row) => [row['id'], row]));
  return { config, layers: chain(byId, image?.['layer']).map((row) => storedLayer(row, dataRoot, driver)) };
}

function storedLayer(row: Row, dataRoot: string, driver: string): StoredLayer {
  const id = String(row['id']);
  if (!/^[0-9a-f]{64}$/.test(id)) throw tarError('a layer of the store has an odd name');
  return {
    diffId: String(row['diff-digest']),
    tarSplit: join(dataRoot, `${driver}-layers`, `${id}.tar-split.gz`),
    files: join(dataRoot, driver, id, 'diff'),
  };
}

/** A layer and those below it, the bottom one first. */
function chain(layers: ReadonlyMap<unknown, Row>, top: unknown): Row[] {
  const found: Row[] = [];
  for (let at = layers.get(top); at !== undefined; at = layers.get(at['parent'])) {
    if (found.includes(at)) throw tarError('the layers of the store go round in a circle');
    found.push(at);
  }
  return found.toReversed();
}

async function rowsIn(file: string): Promise<Row[]> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  return Array.isArray(value) ? value.map(looseRow) : [];
}
