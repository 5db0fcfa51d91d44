import { posix } from 'node:path';
import { apiPath } from './api-path.ts';
import type { Client } from './client.ts';
import { containerDetails, readable } from './container-details.ts';
import type { PathChange } from './engine.ts';
import { EngineError } from './errors.ts';
import * as field from './fields.ts';
import type { Manners } from './manners.ts';

/** Values of `Kind` in `GET /containers/{id}/changes`. */
const KINDS = ['changed', 'added', 'deleted'] as const;

/**
 * What `docker diff` shows, but for what the engine did itself: the points that something is mounted at, and the folders
 * above them (measured on dockerd 20.10 and podman 4.3: `-v notes:/vol` is `A /vol`), and podman's `C /etc`.
 */
export async function containerChanges(
  client: Client,
  manners: Manners,
  id: string,
  signal?: AbortSignal,
): Promise<PathChange[]> {
  // First of all whether it is there: podman looks for a layer of that name, and answers 500.
  const { mounts } = await containerDetails(client, id, signal);
  const rows = await client.json({ path: apiPath`/containers/${id}/changes`, signal });
  const own = new Set([...manners.diffNoise, ...mounts.flatMap(({ target }) => pathAndAbove(target))]);
  const changes = readable(() => readChanges(rows));
  return changes.filter(({ kind, path }) => kind === 'deleted' || !own.has(path));
}

function readChanges(rows: unknown): PathChange[] {
  if (rows === null) return []; // Go writes an empty list as null.
  if (!Array.isArray(rows)) throw new EngineError('protocol', 'the engine’s list of changes is not a list');
  return rows.map((raw) => {
    const change = field.row(raw, 'a change');
    const kind = KINDS[field.number(change, 'Kind')];
    if (kind === undefined) throw new field.UnreadableField('Kind is unknown');
    return { kind, path: field.text(change, 'Path') };
  });
}

function pathAndAbove(path: string): string[] {
  const clean = posix.resolve('/', path);
  return clean === '/' ? [] : [clean, ...pathAndAbove(posix.dirname(clean))];
}
