import { posix } from 'node:path';
import { cleanLines, cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import { containerDetails } from './container-details.ts';
import type { ContainerDetails, FileOptions, FoundFile } from './engine.ts';
import { EngineError } from './errors.ts';
import { fileInArchive, HEADERS_ROOM } from './file-in-archive.ts';
import type { Archived } from './file-in-archive.ts';
import { archivePath } from './files/archive-path.ts';
import { absolute, isInMemory, isOfKernel, isUp } from './files/memory-places.ts';
import { firstBytes } from './first-bytes.ts';
import type { Manners } from './manners.ts';
import { runInside } from './run-inside.ts';

const DEFAULT_LIMIT = 64 * 1024;
/** More links than that, one after the other, lead in a circle. */
const MAX_LINKS = 8;

export type FileAt = FileOptions & { id: string; path: string };

/**
 * Through the archive API, which needs no shell and no running container. Docker's cannot see tmpfs mounts (measured on
 * 20.10: “Could not find the file”, or what the image has below the mount): there `head` is run inside, as `cat` would go
 * on writing after we have read enough.
 */
export async function readFile(client: Client, manners: Manners, at: FileAt): Promise<FoundFile | null> {
  const container = await containerDetails(client, at.id, at.signal);
  const read: Reading = { client, manners, container, limit: at.limit ?? DEFAULT_LIMIT, signal: at.signal };
  return follow(read, absolute(at.path), MAX_LINKS);
}

type Reading = {
  client: Client;
  manners: Manners;
  container: ContainerDetails;
  limit: number;
  signal: AbortSignal | undefined;
};

async function follow(read: Reading, path: string, linksLeft: number): Promise<FoundFile | null> {
  const inMemory = isInMemory(read.container, path);
  if (inMemory && !isUp(read.container)) return null;
  if (inMemory && needsInside(read, path)) return readInside(read, path);
  const found = await archived(read, path);
  if (found?.kind !== 'link') return found ?? (await readAroundLinks(read, path));
  if (linksLeft === 0) return null;
  return follow(read, posix.resolve(posix.dirname(path), found.target), linksLeft - 1);
}

/** A folder on the way may be a link into a tmpfs mount, which Docker's archive does not follow. */
async function readAroundLinks(read: Reading, path: string): Promise<FoundFile | null> {
  const { container, manners } = read;
  const hasTmpfs = container.mounts.some(({ type }) => type === 'tmpfs');
  return hasTmpfs && !manners.archiveSeesTmpfs && container.state === 'running'
    ? readInside(read, path)
    : null;
}

function needsInside({ manners }: Reading, path: string): boolean {
  return !manners.archiveSeesTmpfs || isOfKernel(path);
}

async function archived(
  { client, container, limit, signal }: Reading,
  path: string,
): Promise<Archived | null> {
  try {
    const response = await client.stream({ path: archivePath(container.id, path), signal });
    return await fileInArchive(await firstBytes(response, limit + HEADERS_ROOM), limit);
  } catch (error) {
    if (isMissingFile(error)) return null;
    throw error;
  }
}

/** Both answer 404 for a file and for a container. A path that goes on below a file is 400 or 500, a circle of links 500. */
function isMissingFile(error: unknown): boolean {
  if (!(error instanceof EngineError)) return false;
  if (error.kind === 'not-found') return !/no such container/i.test(error.message);
  return /not a directory|too many (levels of symbolic )?links/i.test(error.message);
}

/** `head` of coreutils, busybox and toybox. */
async function readInside(
  { client, container, limit, signal }: Reading,
  path: string,
): Promise<FoundFile | null> {
  const command = ['head', '-c', String(limit), path];
  // Each frame of the output has a header, and there may be one for every few bytes.
  const result = await runInside(client, container.id, command, { limit: 10 * limit + HEADERS_ROOM, signal });
  if (result.exitCode === 0) {
    const text = cleanLines(result.stdout);
    return result.stdout.includes('\0') ? { kind: 'file', text, isBinary: true } : { kind: 'file', text };
  }
  if (/is a directory/i.test(result.stderr)) return { kind: 'folder' };
  const isOurHead = /^head: /m.test(result.stderr);
  if (isOurHead && /no such file|not a directory|symbolic link/i.test(result.stderr)) return null;
  const said = cleanText(result.stderr || result.stdout).trim() || `head ended with code ${result.exitCode}`;
  throw new EngineError('unsupported', said, {
    advice: 'What a tmpfs mount holds can be read only by a program in the container: it needs `head`.',
  });
}
