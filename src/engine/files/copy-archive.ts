import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { cleanText } from '../clean-text.ts';
import type { Client } from '../client.ts';
import { brokenOff } from '../connection-error.ts';
import { containerDetails } from '../container-details.ts';
import { EngineError } from '../errors.ts';
import { archivePath } from './archive-path.ts';
import type { Place } from './engine-files.ts';
import { copyInInside, copyOutInside } from './copy-inside.ts';
import { inPlace, pathIn, type InContainer, type Talk } from './in-place.ts';
import { isInMemory, isOfKernel, isUp } from './memory-places.ts';
import { realPath } from './real-path.ts';
import { statPath } from './stat-path.ts';

/** Lends the archive of a file or a folder. */
export function copyOut<T>(
  talk: Talk,
  place: Place,
  path: string,
  { signal }: { signal: AbortSignal },
  work: (archive: Readable) => Promise<T>,
): Promise<T> {
  return inPlace(talk, place, { signal }, async (where) => {
    const at = await whereIs(talk, where, path, signal);
    if (at.isInside) return copyOutInside(talk.client, where.container, at.path, signal, work);
    const archive = await archiveOf(talk.client, where.container, at.path, signal);
    try {
      return await work(archive);
    } finally {
      archive.destroy();
    }
  });
}

/** Unpacks an archive in a folder that is there. */
export async function copyIn(
  talk: Talk,
  place: Place,
  folder: string,
  archive: Readable,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  if (place.of === 'image')
    throw new EngineError('unsupported', 'an image cannot be changed', {
      advice: 'Run a container from it, copy the file in there, and commit that.',
    });
  return inPlace(talk, place, { writes: true, signal }, async (where) => {
    const at = await whereIs(talk, where, folder, signal);
    if (at.isInside) return copyInInside(talk.client, where.container, at.path, archive, signal);
    await checkFolder(talk.client, where.container, at.path, signal);
    // Without it a folder could be put in the place of a file.
    const path = `${archivePath(where.container, at.path)}&noOverwriteDirNonDir=true`;
    await talk.client.send({ method: 'PUT', path, body: archive, signal, answerWithin: null });
  });
}

/** The path with its links followed, as `docker cp -L` does, and whether only a program inside can reach it. */
async function whereIs(
  { client, manners }: Talk,
  where: InContainer,
  path: string,
  signal: AbortSignal,
): Promise<{ path: string; isInside: boolean }> {
  const container = await containerDetails(client, where.container, signal);
  const real = await realPath(client, container.id, pathIn(where, path), signal);
  const isSeen = manners.archiveSeesTmpfs && !isOfKernel(real);
  return { path: real, isInside: !isSeen && isUp(container) && isInMemory(container, real) };
}

async function archiveOf(client: Client, id: string, path: string, signal: AbortSignal): Promise<Readable> {
  const response = await client.stream({
    path: archivePath(id, path === '/' ? '/.' : path),
    signal,
    answerWithin: null,
  });
  return Readable.from(chunksOf(response), { objectMode: false });
}

/** What goes wrong on the way is the engine's doing, and is said so. */
async function* chunksOf(response: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response) yield chunk as Buffer;
  } catch (cause) {
    throw cause instanceof EngineError ? cause : brokenOff(cause);
  }
  if (!response.complete) throw brokenOff();
}

/** Podman makes a folder that is missing, and an engine that refuses may hang up before it has taken the whole archive. */
async function checkFolder(client: Client, id: string, path: string, signal: AbortSignal): Promise<void> {
  const stat = await statPath(client, id, path, signal);
  if (stat === null)
    throw new EngineError('not-found', `there is no folder ${cleanText(path)}`, {
      advice: 'Make it first, or choose another.',
    });
  if (stat.type !== 'folder' && stat.type !== 'link')
    throw new EngineError('rejected', `${cleanText(path)} is not a folder`);
}
