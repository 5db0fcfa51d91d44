import { withQuery } from './api-path.ts';
import { cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import { looseRow } from './fields.ts';

/** Podman takes 6 s with 1,000 containers, and every engine as long as the disk needs. */
const SIZES_WITHIN = 5 * 60_000;

/** Walks every volume's files on the engine's machine. @param filtered API 1.42 can leave out all but volumes */
export async function volumeSizes(
  client: Client,
  signal: AbortSignal,
  filtered: boolean,
): Promise<ReadonlyMap<string, number>> {
  const path = withQuery('/system/df', filtered ? { type: 'volume' } : {});
  const usage = looseRow(await client.json({ path, signal, answerWithin: SIZES_WITHIN }));
  const volumes: unknown[] = Array.isArray(usage['Volumes']) ? usage['Volumes'] : [];
  return new Map(volumes.flatMap(sizeOf));
}

/** -1 is Docker's “not known” (a volume of a plugin). */
function sizeOf(value: unknown): [string, number][] {
  const { Name, UsageData } = looseRow(value);
  const size = looseRow(UsageData)['Size'];
  return typeof Name === 'string' && typeof size === 'number' && size >= 0 ? [[cleanText(Name), size]] : [];
}
