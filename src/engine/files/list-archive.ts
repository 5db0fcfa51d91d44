import type { IncomingMessage } from 'node:http';
import { brokenOff, cancelled, tooSlow } from '../connection-error.ts';
import { EngineError } from '../errors.ts';
import { archivePath } from './archive-path.ts';
import { archiveWalk, type ArchiveWalk } from './archive-walk.ts';
import type { Talk } from './in-place.ts';
import { LIST_LIMITS, type FolderTree, type ListOptions } from './engine-files.ts';

const PROGRESS_EVERY = 150;
/** Entries that are told while reading goes on: whoever shows them sorts them each time. */
const TOLD_AT_MOST = 5_000;
/** Longest silence in the middle, ms: podman needs a while for its first word about a large folder. */
const SILENCE = 60_000;

/** Reads the headers of a folder's archive; content is passed over, never kept. */
export async function listArchive(
  { client, manners }: Talk,
  containerId: string,
  folder: string,
  options: ListOptions,
): Promise<FolderTree> {
  // With the dot a link to a folder is followed, and a file is refused.
  const path = archivePath(containerId, folder === '/' ? '/.' : `${folder}/.`);
  const response = await client.stream({ path, signal: options.signal, answerWithin: SILENCE });
  const most = (options.limits ?? LIST_LIMITS).entries;
  const walk = archiveWalk(folder, most, { hasOwners: manners.archiveKeepsOwners });
  const { bytes, isCut } = await readHeaders(response, walk, folder, options);
  if (isCut) walk.dropOpen();
  else walk.reader.end();
  return { folders: walk.folders, isCut, entries: walk.entries(), bytes, mounts: [] };
}

function readHeaders(
  response: IncomingMessage,
  walk: ArchiveWalk,
  folder: string,
  { signal, onProgress, limits = LIST_LIMITS }: ListOptions,
): Promise<{ bytes: number; isCut: boolean }> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let isCut = false;
    let toldAt = Date.now();
    const timer = setTimeout(
      () => response.destroy(tooSlow('the archive stopped: nothing', SILENCE)),
      SILENCE,
    );
    const tell = (): void => {
      if (Date.now() - toldAt < PROGRESS_EVERY) return;
      toldAt = Date.now();
      onProgress?.({
        entries: walk.entries(),
        bytes,
        listed: (walk.folders.get(folder) ?? []).slice(0, TOLD_AT_MOST),
      });
    };
    response.on('data', (chunk: Buffer) => {
      timer.refresh();
      if (isCut) return;
      try {
        walk.reader.write(chunk);
      } catch (error) {
        response.destroy(error as Error);
        return;
      }
      bytes += chunk.length;
      isCut = bytes > limits.bytes || walk.isFull();
      if (isCut) response.destroy();
      else tell();
    });
    response.on('error', (cause) => reject(cause instanceof EngineError ? cause : brokenOff(cause)));
    response.on('close', () => {
      clearTimeout(timer);
      if (isCut || response.complete) resolve({ bytes, isCut });
      else reject(signal.aborted ? cancelled() : brokenOff());
    });
  });
}
