import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../sandbox/has-code.ts';

/** Removes the files of a folder that were used longest ago until the rest has at most so many bytes. */
export async function trimFolder(folder: string, most: number): Promise<void> {
  const files = await Promise.all((await readdir(folder)).map((name) => lookAt(join(folder, name))));
  const known = files.filter((file) => file !== null);
  let bytes = known.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of known.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= most) return;
    await rm(path, { force: true });
    bytes -= size;
  }
}

/** Null for what another Slipway has just removed. */
async function lookAt(path: string): Promise<{ path: string; size: number; usedAt: number } | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, size, usedAt: mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
