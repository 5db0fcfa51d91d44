import { createHash } from 'node:crypto';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { cleanText } from '../../engine/clean-text.ts';
import { checkArchive, mustBeHarmless, type ArchiveFacts } from '../../engine/data/check-archive.ts';
import { EngineError } from '../../engine/errors.ts';
import { diskError } from '../files/disk-error.ts';
import { checksumPath } from './write-archive.ts';

export type OpenArchive = {
  size: number;
  facts: ArchiveFacts;
  digest: string;
  /** Whether there was a checksum beside it to compare with. */
  isCompared: boolean;
  /** From its beginning. */
  read(): Readable;
};

/** Lends an archive of the person's disk that is whole, harmless, and as its checksum says. */
export async function withArchive<T>(
  path: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (count: number) => void },
  work: (archive: OpenArchive) => Promise<T>,
): Promise<T> {
  const handle = await open(path).catch((error: unknown) => {
    throw diskError(error, path);
  });
  try {
    return await work(await verified(handle, path, signal, onBytes));
  } catch (error) {
    throw diskError(error, path);
  } finally {
    await handle.close();
  }
}

async function verified(
  handle: FileHandle,
  path: string,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<OpenArchive> {
  const read = (): Readable => handle.createReadStream({ start: 0, autoClose: false });
  const hash = createHash('sha256');
  const check = checkArchive();
  for await (const chunk of read()) {
    if (signal.aborted) throw new EngineError('cancelled', 'cancelled');
    const bytes = chunk as Buffer;
    hash.update(bytes);
    check.write(bytes);
    onBytes(bytes.length);
  }
  const digest = hash.digest('hex');
  const wanted = await readChecksum(path);
  if (wanted !== null && wanted !== digest)
    throw new EngineError('rejected', `${cleanText(path)} is not what its checksum says: ${digest}`, {
      advice: `Nothing was written. ${cleanText(checksumPath(path))} says ${wanted}.`,
    });
  const facts = check.end();
  mustBeHarmless(facts);
  return { size: (await handle.stat()).size, facts, digest, isCompared: wanted !== null, read };
}

/** Null where there is none. */
async function readChecksum(path: string): Promise<string | null> {
  try {
    const text = await readFile(checksumPath(path), 'utf8');
    return /^[0-9a-f]{64}/i.exec(text)?.[0].toLowerCase() ?? cleanText(text).slice(0, 80);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw diskError(error, checksumPath(path));
  }
}
