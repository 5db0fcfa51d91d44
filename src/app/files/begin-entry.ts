import { constants } from 'node:fs';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { posix } from 'node:path';
import type { TarEntry } from '../../engine/tar/tar-entry.ts';
import { entryParts } from './entry-parts.ts';
import { refused } from './refused.ts';
import { onDisk, type Tree } from './tree.ts';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** Without setuid, setgid and sticky: what a container may do with a file is nothing to the person's machine. */
const PERMISSIONS = 0o777;
const OWNER_READS = 0o400;

const LEFT_OUT = {
  'character-device': 'a device',
  'block-device': 'a device',
  pipe: 'a pipe',
} as const;

/** The folder for the archive of a whole place: podman's has no entry for it. */
export async function beginWhole(tree: Tree): Promise<void> {
  tree.root = '';
  await mkdir(onDisk(tree, ''), { mode: 0o700 });
  tree.made.set('', 'folder');
}

/** Makes what an entry names, or notes why it is left out; a file's content is still to come. */
export async function beginEntry(tree: Tree, entry: TarEntry): Promise<void> {
  tree.root ??= rootOf(entry.name);
  const parts = entryParts(entry.name, tree.root);
  const path = parts.join('/');
  checkParents(tree, parts, entry.name);
  const before = tree.made.get(path);
  if (before === 'folder' && entry.type === 'folder') return;
  // The later one counts, as in every program that unpacks; of different types it is a trick.
  if (before === 'file' && entry.type === 'file') await unlink(onDisk(tree, path));
  else if (before !== undefined) throw refused(entry.name, 'is there twice');
  switch (entry.type) {
    case 'folder':
      return beginFolder(tree, path, entry);
    case 'file':
      return beginFile(tree, path, entry);
    case 'link':
      return noteLink(tree, path, entry);
    case 'hard-link':
      return makeHardLink(tree, path, entry);
    default:
      tree.leftOut.push({ name: entry.name, why: LEFT_OUT[entry.type] });
  }
}

function rootOf(name: string): string {
  return name.split('/').find((part) => part !== '' && part !== '.') ?? '';
}

function checkParents({ made }: Tree, parts: readonly string[], name: string): void {
  for (let depth = 0; depth < parts.length; depth++) {
    const kind = made.get(parts.slice(0, depth).join('/'));
    if (kind === 'link') throw refused(name, 'goes through a link');
    if (kind !== 'folder') throw refused(name, 'is in no folder of the archive');
  }
}

async function beginFolder(tree: Tree, path: string, entry: TarEntry): Promise<void> {
  await mkdir(onDisk(tree, path), { mode: 0o700 });
  tree.folders.push({ path, entry });
  tree.made.set(path, 'folder');
}

async function beginFile(tree: Tree, path: string, entry: TarEntry): Promise<void> {
  const mode = (entry.mode & PERMISSIONS) | OWNER_READS;
  tree.open = { handle: await open(onDisk(tree, path), NEW_FILE, mode), path, entry };
  if (tree.made.get(path) === undefined) tree.files += 1;
  tree.made.set(path, 'file');
}

function noteLink(tree: Tree, path: string, { name, target }: TarEntry): void {
  if (leadsOut(path, target)) {
    tree.leftOut.push({ name, why: `a link that leads out, to ${target}` });
    return;
  }
  tree.links.push({ path, target });
  tree.made.set(path, 'link');
}

function leadsOut(path: string, target: string): boolean {
  if (target.startsWith('/')) return true;
  const end = posix.join(posix.dirname(path), target);
  return path === '' || end === '..' || end.startsWith('../');
}

async function makeHardLink(tree: Tree, path: string, { name, target }: TarEntry): Promise<void> {
  const original = entryParts(target, tree.root ?? '').join('/');
  if (tree.made.get(original) !== 'file') throw refused(name, 'is a hard link to no file of the archive');
  await link(onDisk(tree, original), onDisk(tree, path));
  tree.made.set(path, 'file');
  tree.files += 1;
}
