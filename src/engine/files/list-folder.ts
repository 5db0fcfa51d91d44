import { containerDetails } from '../container-details.ts';
import type { ContainerDetails } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { FolderTree, ListOptions, Place } from './engine-files.ts';
import type { FileEntry } from './file-entry.ts';
import { inPlace, pathIn, type Talk } from './in-place.ts';
import { listArchive } from './list-archive.ts';
import { listInside } from './list-inside.ts';
import { isBelow, isInMemory, isOfKernel, isUp, KERNEL_PLACES } from './memory-places.ts';
import { realPath } from './real-path.ts';
import { statPath } from './stat-path.ts';

/** A folder and, where it comes from an archive, all that is below it. */
export async function listFolder(
  talk: Talk,
  place: Place,
  path: string,
  options: ListOptions,
): Promise<FolderTree> {
  return inPlace(talk, place, options, async (where) => {
    const container = await containerDetails(talk.client, where.container, options.signal);
    const inside = pathIn(where, path);
    const tree = await listIn(talk, container, inside, options);
    const folders = renamed(tree.folders, inside, path);
    return {
      ...tree,
      folders: place.of === 'image' ? withoutMark(folders) : folders,
      mounts: place.of === 'container' ? container.mounts : [],
    };
  });
}

async function listIn(
  talk: Talk,
  container: ContainerDetails,
  path: string,
  options: ListOptions,
): Promise<FolderTree> {
  const { client, manners } = talk;
  const needsTmpfs = container.mounts.some(({ type }) => type === 'tmpfs') && !manners.archiveSeesTmpfs;
  const real =
    isUp(container) && (needsTmpfs || isOfKernel(path))
      ? await realPath(client, container.id, path, options.signal)
      : path;
  const inMemory = isInMemory(container, real);
  if (inMemory && !isUp(container)) throw notWhileStopped(path);
  if (inMemory && (!manners.archiveSeesTmpfs || isOfKernel(real))) {
    const entries = await listInside(client, container.id, real, options.signal);
    return {
      folders: new Map([[path, entries]]),
      isCut: false,
      entries: entries.length,
      bytes: 0,
      mounts: [],
    };
  }
  const tree = await listArchive(talk, container.id, path, options);
  if (await isOfFile(talk, container.id, path, tree)) throw noFolder(path);
  const folders = seen(talk, container, tree.folders);
  return path === '/' && isUp(container)
    ? { ...tree, folders: await withKernelPlaces(talk, container, folders) }
    : { ...tree, folders };
}

/** Podman's archive of a file, asked for as a folder, has the file in it; Docker refuses (`not a directory`). */
async function isOfFile({ client }: Talk, id: string, path: string, tree: FolderTree): Promise<boolean> {
  const listed = tree.folders.get(path) ?? [];
  const mayBe = listed.length === 1 && listed[0]?.type === 'file' && path.endsWith(`/${listed[0].name}`);
  return mayBe && (await statPath(client, id, path))?.type === 'file';
}

function noFolder(path: string): EngineError {
  return new EngineError('rejected', `${path}: not a directory`);
}

/** Without the folders that the archive shows empty, because what is in them lives in memory. */
function seen(
  { manners }: Talk,
  container: ContainerDetails,
  folders: FolderTree['folders'],
): Map<string, readonly FileEntry[]> {
  const isSeen = (path: string): boolean =>
    !isInMemory(container, path) || (manners.archiveSeesTmpfs && !isOfKernel(path));
  return new Map([...folders].filter(([path]) => isSeen(path)));
}

/** Docker puts this file into each container that it makes, and so into the one through which an image is seen. */
function withoutMark(folders: FolderTree['folders']): FolderTree['folders'] {
  const root = folders.get('/');
  if (root === undefined) return folders;
  return new Map([...folders, ['/', root.filter(({ name }) => name !== '.dockerenv')]]);
}

/** Podman's archive of `/` leaves out what the kernel fills. */
async function withKernelPlaces(
  { client }: Talk,
  container: ContainerDetails,
  folders: Map<string, readonly FileEntry[]>,
): Promise<FolderTree['folders']> {
  const root = folders.get('/') ?? [];
  const missing = KERNEL_PLACES.filter((place) => !root.some(({ name }) => `/${name}` === place));
  const stats = await Promise.all(missing.map((place) => statPath(client, container.id, place)));
  const found = stats.flatMap((stat) => (stat === null ? [] : [{ ...stat, uid: null, gid: null }]));
  return folders.set('/', [...root, ...found]);
}

function notWhileStopped(path: string): EngineError {
  return new EngineError('rejected', `${path} lives in memory, and the container does not run`, {
    advice: 'What a tmpfs mount held is gone since it stopped.',
  });
}

/** Paths as they are in the place, where the container has it somewhere else (a volume). */
function renamed(folders: FolderTree['folders'], from: string, to: string): FolderTree['folders'] {
  if (from === to) return folders;
  return new Map(
    [...folders]
      .filter(([path]) => isBelow(path, from))
      .map(([path, entries]) => [
        path === from ? to : (to === '/' ? '' : to) + path.slice(from === '/' ? 0 : from.length),
        entries,
      ]),
  );
}
