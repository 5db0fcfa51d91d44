import { withQuery } from '../api-path.ts';
import type { Client } from '../client.ts';
import * as field from '../fields.ts';
import type { Row } from '../fields.ts';

/** Podman takes 6 s with 1,000 containers, and every engine as long as the disk needs. */
const MEASURED_WITHIN = 5 * 60_000;

/** What an engine says takes its disk, in bytes. Null is “it does not say”. */
export type DiskUsage = {
  /** All layers of all images, each counted once; podman does not say. */
  layers: number | null;
  images: readonly { id: string; size: number; shared: number | null }[];
  /** What containers have written into their own layer. */
  containers: readonly { id: string; writable: number }[];
  volumes: readonly { name: string; size: number | null }[];
  /** Null for podman, which keeps none: what it caches of builds are images. */
  buildCache: readonly { id: string; size: number; inUse: boolean; shared: boolean }[] | null;
};

/** Walks the files of every container and volume on the engine's machine: never poll. */
export async function diskUsage(
  client: Client,
  hasBuildCache: boolean,
  signal: AbortSignal,
): Promise<DiskUsage> {
  const path = withQuery('/system/df');
  const raw = field.looseRow(await client.json({ path, signal, answerWithin: MEASURED_WITHIN }));
  return {
    layers: positive(raw['LayersSize']),
    images: rowsOf(raw, 'Images', (image) => ({
      id: fullId(field.name(image, 'Id')),
      size: field.number(image, 'Size'),
      shared: known(image['SharedSize']),
    })),
    containers: rowsOf(raw, 'Containers', (container) => ({
      id: field.name(container, 'Id'),
      // Docker leaves a zero out.
      writable: field.optionalNumber(container, 'SizeRw') ?? 0,
    })),
    volumes: rowsOf(raw, 'Volumes', (volume) => ({
      name: field.name(volume, 'Name'),
      // -1 is “not known”: a volume of a plugin.
      size: known(field.looseRow(volume['UsageData'])['Size']),
    })),
    buildCache: hasBuildCache ? rowsOf(raw, 'BuildCache', readCache) : null,
  };
}

function readCache(raw: Row): NonNullable<DiskUsage['buildCache']>[number] {
  return {
    id: field.name(raw, 'ID'),
    size: field.number(raw, 'Size'),
    inUse: raw['InUse'] === true,
    shared: raw['Shared'] === true,
  };
}

/** A row that cannot be read costs that row: the lists show it as unreadable. */
function rowsOf<T>(raw: Row, key: string, read: (row: Row) => T): T[] {
  const rows: unknown[] = Array.isArray(raw[key]) ? raw[key] : [];
  return rows.flatMap((value) => {
    try {
      return [read(field.row(value, 'the row'))];
    } catch (error) {
      if (error instanceof field.UnreadableField) return [];
      throw error;
    }
  });
}

/** Podman writes image ids bare here, and with their kind in its list. */
const fullId = (id: string): string => (/^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id);

const known = (size: unknown): number | null => (typeof size === 'number' && size >= 0 ? size : null);
const positive = (size: unknown): number | null => (typeof size === 'number' && size > 0 ? size : null);
