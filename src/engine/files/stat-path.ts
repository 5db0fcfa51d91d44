import type { Client } from '../client.ts';
import { containerDetails } from '../container-details.ts';
import { EngineError } from '../errors.ts';
import * as field from '../fields.ts';
import { archivePath } from './archive-path.ts';
import type { FileType, PathStat } from './file-entry.ts';

const STAT_HEADER = 'x-docker-container-path-stat';

/** Bits of Go's `os.FileMode`; Docker and podman send it as a number. */
const TYPES: readonly (readonly [bit: number, type: FileType])[] = [
  [2 ** 31, 'folder'],
  [2 ** 27, 'link'],
  [2 ** 25, 'pipe'],
  [2 ** 24, 'socket'],
  [2 ** 21, 'character-device'],
  [2 ** 26, 'block-device'],
];
const SET_UID = 2 ** 23;
const SET_GID = 2 ** 22;
const STICKY = 2 ** 20;

/**
 * What is at a path of a container, without its content; null for nothing. A link is told as a link. Docker does not see
 * tmpfs mounts, nor what the kernel fills (`/proc`): null as well.
 */
export async function statPath(
  client: Client,
  id: string,
  path: string,
  signal?: AbortSignal,
): Promise<PathStat | null> {
  try {
    const headers = await client.headers({ method: 'HEAD', path: archivePath(id, path), signal });
    return readStat(headers[STAT_HEADER]);
  } catch (error) {
    if (!(error instanceof EngineError) || !['not-found', 'rejected', 'failed'].includes(error.kind))
      throw error;
    // An answer to HEAD has no words: whether it is the path or the container that is missing, the container tells.
    await containerDetails(client, id, signal);
    return null;
  }
}

function readStat(header: string | string[] | undefined): PathStat {
  const stat = field.looseRow(parse(typeof header === 'string' ? header : ''));
  const { name, size, mode, mtime, linkTarget } = stat;
  if (typeof name !== 'string' || typeof mode !== 'number')
    throw new EngineError('protocol', 'what the engine says of the path cannot be read');
  const type = TYPES.find(([bit]) => has(mode, bit))?.[1] ?? 'file';
  return {
    name,
    type,
    size: type === 'file' && typeof size === 'number' ? size : 0,
    mode: permissions(mode),
    modifiedAt: (typeof mtime === 'string' && Date.parse(mtime)) || 0,
    // Podman says the path itself for what is no link.
    target: type === 'link' && typeof linkTarget === 'string' ? linkTarget : '',
  };
}

function parse(header: string): unknown {
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    return null; // Told by the caller, as a header that has no name in it.
  }
}

/** The bits go beyond what `&` can do without a sign. */
function has(mode: number, bit: number): boolean {
  return Math.floor(mode / bit) % 2 === 1;
}

function permissions(mode: number): number {
  const special = (has(mode, SET_UID) ? 0o4000 : 0) + (has(mode, SET_GID) ? 0o2000 : 0);
  return (mode % 0o1000) + special + (has(mode, STICKY) ? 0o1000 : 0);
}
