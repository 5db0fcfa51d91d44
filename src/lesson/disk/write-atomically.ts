import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a whole file, readable by nobody else: after a crash at any moment it holds the old text or the new one,
 * never a part. The folder is made where it is missing.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // In the same folder: a rename is atomic only within one file system.
  const passing = join(folder, `.${randomBytes(6).toString('hex')}.part`);
  try {
    await writeAndSync(passing, text);
    await rename(passing, file);
  } catch (error) {
    await rm(passing, { force: true });
    throw error;
  }
}

/** Without the sync, some file systems keep the rename and lose the text when the power goes. */
async function writeAndSync(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
