import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** PATH, and the folders of system programs that a plain user's PATH lacks. */
const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  '/usr/bin',
  '/bin',
];

/** Full path of a program, or null. */
export async function findProgram(name: string): Promise<string | null> {
  for (const folder of FOLDERS) {
    if (!folder) continue;
    const path = join(folder, name);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not in this one.
      continue;
    }
  }
  return null;
}
