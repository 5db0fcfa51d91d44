import { apiPath } from './api-path.ts';
import { cleanJson } from './clean-text.ts';
import type { Client } from './client.ts';
import type { JsonValue } from './engine.ts';
import type { Kind } from './objects.ts';

/** All that the engine says of one thing, cleaned but otherwise in its own words. */
export async function inspectObject(client: Client, kind: Kind, id: string): Promise<JsonValue> {
  return cleanJson(await client.json({ path: pathOf(kind, id) }));
}

function pathOf(kind: Kind, id: string): string {
  switch (kind) {
    case 'container':
      return apiPath`/containers/${id}/json`;
    case 'image':
      return apiPath`/images/${id}/json`;
    case 'volume':
      return apiPath`/volumes/${id}`;
    case 'network':
      return apiPath`/networks/${id}`;
  }
}
