import { chmod, symlink } from 'node:fs/promises';
import { exactBytes } from '../../engine/tar/exact-text.ts';
import { onDisk, type Tree } from './tree.ts';

const PERMISSIONS = 0o777;
const OWNER_ALL = 0o700;

/** Bytes of the file that was begun last. */
export async function writeContent({ open }: Tree, bytes: Buffer): Promise<void> {
  if (open === null) return;
  for (let at = 0; at < bytes.length;)
    at += (await open.handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

export async function endContent(tree: Tree): Promise<void> {
  if (tree.open === null) return;
  const { handle, path, entry } = tree.open;
  const seconds = entry.modifiedAt / 1000;
  await handle.utimes(seconds, seconds);
  // One file alone is worth the wait; a folder of ten thousand is not.
  if (path === '') await handle.sync();
  tree.open = null;
  await handle.close();
}

/** When every entry is there: links, and the permissions of folders, the innermost first. */
export async function finishTree(tree: Tree): Promise<void> {
  for (const { path, target } of tree.links) await symlink(exactBytes(target), onDisk(tree, path));
  for (const { path, entry } of tree.folders.toReversed())
    await chmod(onDisk(tree, path), (entry.mode & PERMISSIONS) | OWNER_ALL);
}
