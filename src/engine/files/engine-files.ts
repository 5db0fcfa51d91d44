import type { Readable } from 'node:stream';
import type { FileOptions, FoundFile } from '../engine.ts';
import type { Mount } from '../objects.ts';
import type { FileEntry } from './file-entry.ts';

/** Whose files. An image's are looked at in a container made from it, which is never started, and removed at once. */
export type Place =
  | { of: 'container'; id: string }
  | { of: 'image'; id: string }
  | { of: 'volume'; name: string };

/** Folders as they were read, by their absolute path in the place. */
export type FolderTree = {
  /** Folders that were read to their end; the one that was asked for is always there. */
  folders: ReadonlyMap<string, readonly FileEntry[]>;
  /** Whether reading ended before the archive did: the folder asked for may have more in it. */
  isCut: boolean;
  entries: number;
  bytes: number;
  /** What is mounted in a container; none in other places. */
  mounts: readonly Mount[];
};

export type ListProgress = {
  /** Read so far, in everything below the folder. */
  entries: number;
  bytes: number;
  /** What is known of the folder itself; of a very large one the first of it. */
  listed: readonly FileEntry[];
};

export type ListOptions = {
  signal: AbortSignal;
  /** Called a few times a second. */
  onProgress?: (progress: ListProgress) => void;
  /** Where reading is cut; `LIST_LIMITS` where it is left out. */
  limits?: ListLimits;
};

export type ListLimits = { entries: number; bytes: number };

/** About 60 MB of memory, and what an engine on a small machine sends in half a minute. */
export const LIST_LIMITS: ListLimits = { entries: 200_000, bytes: 4 * 1024 ** 3 };

/**
 * Files without a shell. Paths are absolute within the place; bytes that are no UTF-8 are kept as in `file-entry.ts`.
 * Nothing is ever started in a container that does not run. What lives in memory (tmpfs, `/proc`) is in no archive of
 * dockerd: in a running container `find`, `stat`, `head` and `tar` are run inside for it.
 */
export interface EngineFiles {
  /**
   * A folder with everything below it, in one pass: the engine sends all content along, so that the time it takes
   * is that of the data (measured: 600 MB with 5,000 files in 3 to 6 s on dockerd 20.10 and podman 4.3, as long as
   * the archive alone takes, with the first names after 0.3 s).
   */
  list(place: Place, path: string, options: ListOptions): Promise<FolderTree>;
  /** The beginning of a file as text; null for nothing. Links are followed. */
  read(place: Place, path: string, options?: FileOptions): Promise<FoundFile | null>;
  /**
   * Lends the archive of a file or a folder; names in it begin with its own. Links that lead to it are followed, those in
   * it are not. Names in the archive of `/` begin with nothing.
   */
  copyOut<T>(
    place: Place,
    path: string,
    options: { signal: AbortSignal },
    work: (archive: Readable) => Promise<T>,
  ): Promise<T>;
  /** Unpacks an archive in a folder that is there. Owners are those in the archive, as numbers. */
  copyIn(place: Place, folder: string, archive: Readable, options: { signal: AbortSignal }): Promise<void>;
}
