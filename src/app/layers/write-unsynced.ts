import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a whole file for readers that see the old one or the new one. It is not waited for until it lies on the disk: for
 * what can be found again, and is recognised when a power cut has left a part of it. With an engine that has just written
 * a gigabyte, that wait takes seconds.
 */
export async function writeUnsynced(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.tmp-${process.pid}-${randomUUID()}`;
  try {
    await writeFile(next, bytes, { flag: 'wx', mode: 0o600 });
    await rename(next, file);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}
