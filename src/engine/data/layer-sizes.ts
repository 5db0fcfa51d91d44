import { apiPath } from '../api-path.ts';
import type { Client } from '../client.ts';
import * as field from '../fields.ts';

/** A layer of an image with the bytes that it adds. */
export type SizedLayer = { diffId: string; size: number };

/**
 * The layers of an image, the bottom one first. The engine tells sizes with the history, whose lines it does not say the
 * layers of: lines without a size are left out until both are as many. Null where that leads nowhere.
 */
export async function layerSizes(
  client: Client,
  imageId: string,
  signal?: AbortSignal,
): Promise<SizedLayer[] | null> {
  const [image, history] = await Promise.all([
    client.json({ path: apiPath`/images/${imageId}/json`, signal }),
    client.json({ path: apiPath`/images/${imageId}/history`, signal }),
  ]);
  const diffIds = field.texts(field.looseRow(field.looseRow(image)['RootFS']), 'Layers');
  const lines: unknown[] = Array.isArray(history) ? history : [];
  // The newest line comes first.
  const sizes = lines.map((line) => Number(field.looseRow(line)['Size']) || 0).toReversed();
  return matched(diffIds, sizes);
}

function matched(diffIds: readonly string[], sizes: readonly number[]): SizedLayer[] | null {
  const filled = sizes.filter((size) => size > 0);
  const chosen = sizes.length === diffIds.length ? sizes : filled;
  if (chosen.length !== diffIds.length) return null;
  return diffIds.map((diffId, i) => ({ diffId, size: chosen[i] ?? 0 }));
}
