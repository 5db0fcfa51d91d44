import { apiPath } from './api-path.ts';
import type { Client } from './client.ts';
import { EngineError } from './errors.ts';
import { looseRow } from './fields.ts';

/** The number of file-system layers; instructions that change no files make none. */
export async function countLayers(client: Client, imageId: string): Promise<number> {
  const image = looseRow(await client.json({ path: apiPath`/images/${imageId}/json` }));
  const layers = looseRow(image['RootFS'])['Layers'];
  // Go leaves an empty list out: an image made `FROM scratch` with no files.
  if (layers === undefined || layers === null) return 0;
  if (Array.isArray(layers)) return layers.length;
  throw new EngineError('protocol', 'the engine’s list of layers cannot be read');
}
