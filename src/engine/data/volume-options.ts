import { apiPath } from '../api-path.ts';
import type { Client } from '../client.ts';
import { labels, looseRow } from '../fields.ts';

/** What a volume was made with (`--opt`). */
export async function volumeOptions(
  client: Client,
  volume: string,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  return labels(looseRow(await client.json({ path: apiPath`/volumes/${volume}`, signal })), 'Options');
}
