import { apiPath } from './api-path.ts';
import type { Client } from './client.ts';
import { readable, readEnv } from './container-details.ts';
import type { ImageDetails } from './engine.ts';
import { EngineError } from './errors.ts';
import * as field from './fields.ts';

/** What `inspect` says of an image, in our words. */
export async function imageDetails(client: Client, id: string, signal?: AbortSignal): Promise<ImageDetails> {
  const raw = await client.json({ path: apiPath`/images/${id}/json`, signal });
  return readable(() => {
    const image = field.row(raw, 'the image');
    const config = field.optionalRow(image['Config']);
    return {
      id: field.name(image, 'Id'),
      createdAt: field.time(image, 'Created') ?? 0,
      layers: field.texts(field.optionalRow(image['RootFS']), 'Layers'),
      command: field.texts(config, 'Cmd'),
      env: readEnv(config),
      labels: field.labels(config),
      digests: field.texts(image, 'RepoDigests'),
    };
  });
}

/** What made each layer and setting, the newest first. */
export async function imageHistory(client: Client, id: string, signal?: AbortSignal): Promise<string[]> {
  const rows = await client.json({ path: apiPath`/images/${id}/history`, signal });
  if (!Array.isArray(rows)) throw new EngineError('protocol', 'the engine’s history is not a list');
  return readable(() => rows.map((line) => field.optionalText(field.row(line, 'a line'), 'CreatedBy')));
}
