import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { cleanLines, cleanText } from '../../engine/clean-text.ts';
import type { FoundFile } from '../../engine/engine.ts';

/** A file that is not looked at, and what to say about it. */
export class OutOfBounds extends Error {
  override readonly name = 'OutOfBounds';
}

const NOTHING_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

/**
 * What is at a relative path below a folder of this machine, its first `limit` bytes; null for nothing. Neither `..` nor
 * a link leads out of the folder; that throws `OutOfBounds`.
 */
export async function readBelow(folder: string, path: string, limit: number): Promise<FoundFile | null> {
  if (isAbsolute(path) || path.split(/[/\\]/).includes('..') || path.includes('\0'))
    throw new OutOfBounds(`“${cleanText(path)}” is not a path below the lesson’s folder`);
  const root = await unlessMissing(realpath(folder));
  const real = root === null ? null : await unlessMissing(realpath(join(root, path)));
  if (root === null || real === null) return null;
  if (real !== root && !real.startsWith(root + sep))
    throw new OutOfBounds(`“${cleanText(path)}” leads out of the lesson’s folder`);
  return read(real, limit);
}

async function read(path: string, limit: number): Promise<FoundFile | null> {
  // Without waiting for somebody to write into a pipe, and without a link that has come just now.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const file = await unlessMissing(open(path, flags));
  if (file === null) return null;
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) return { kind: 'folder' };
    if (!stat.isFile()) return { kind: 'other' };
    const { buffer, bytesRead } = await file.read(Buffer.alloc(limit), 0, limit, 0);
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: true });
    return { kind: 'file', text: cleanLines(text) };
  } finally {
    await file.close();
  }
}

async function unlessMissing<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOTHING_THERE.has(String(error.code))) return null;
    throw error;
  }
}
