import { createHash, randomBytes } from 'node:crypto';
import { link, lstat, open, rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { checkArchive, type ArchiveFacts } from '../../engine/data/check-archive.ts';
import { cleanText } from '../../engine/clean-text.ts';
import { EngineError } from '../../engine/errors.ts';
import { diskError } from '../files/disk-error.ts';
import { asEngineError } from './pour.ts';

export type WrittenArchive = { bytes: number; digest: string; facts: ArchiveFacts };

/**
 * Writes an archive under a name of its own, looks through it as it passes, and gives it its final name only when it is
 * whole and on the disk; whatever goes wrong, nothing is left. Beside it comes its checksum, as `sha256sum -c` reads it.
 */
export async function writeArchive(
  path: string,
  archive: Readable,
  onBytes: (count: number) => void,
): Promise<WrittenArchive> {
  await mustBeFree(path);
  await mustBeFree(checksumPath(path));
  const part = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomBytes(4).toString('hex')}.part`);
  try {
    const written = await writePart(part, archive, onBytes);
    await mustBeFree(path);
    await moveTo(part, path);
    await writeFile(checksumPath(path), `${written.digest}  ${basename(path)}\n`, { flag: 'wx' });
    return written;
  } catch (error) {
    await unlink(part).catch(unlessMissing);
    throw diskError(asEngineError(error), path);
  }
}

export const checksumPath = (path: string): string => `${path}.sha256`;

async function writePart(
  part: string,
  archive: Readable,
  onBytes: (count: number) => void,
): Promise<WrittenArchive> {
  const handle = await open(part, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    const check = checkArchive();
    let bytes = 0;
    for await (const chunk of archive) {
      const piece = chunk as Buffer;
      hash.update(piece);
      check.write(piece);
      bytes += piece.length;
      onBytes(piece.length);
      await handle.writeFile(piece);
    }
    await handle.sync();
    return { bytes, digest: hash.digest('hex'), facts: check.end() };
  } finally {
    await handle.close();
  }
}

/** A link refuses to take the place of a file that has come meanwhile; not every disk knows links. */
async function moveTo(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
    await unlink(part);
  } catch (error) {
    if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
    await rename(part, path);
  }
  const folder = await open(dirname(path));
  await folder.sync().finally(() => folder.close());
}

async function mustBeFree(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw diskError(error, path);
  }
  throw new EngineError('conflict', `${cleanText(path)} is there already`, {
    advice: 'Nothing was written: choose another name, or move it away.',
  });
}

function unlessMissing(error: unknown): void {
  if (!isCode(error, 'ENOENT')) throw error;
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
