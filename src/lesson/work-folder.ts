import { constants } from 'node:fs';
import { lstat, mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Lesson } from './lesson.ts';

/** The lesson’s files cannot be used as they are; the message says which, and why. */
export class WorkFolderError extends Error {
  override readonly name = 'WorkFolderError';
}

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 1000;

type WithFiles = Pick<Lesson, 'id' | 'folder'>;

/**
 * A fresh folder below `base` with a copy of the lesson's `files/`. Throws `WorkFolderError` where there is something else
 * than plain files and folders among them, or too much, and what the file system throws.
 */
export async function makeWorkFolder(lesson: WithFiles, base: string): Promise<string> {
  await mkdir(base, { recursive: true, mode: 0o700 });
  const folder = await makeFolder(join(base, lesson.id.replaceAll(/[^a-z0-9-]/gi, '-')));
  try {
    await fillWorkFolder(lesson, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** The name is seen in every prompt: it has an ending of its own only where it is taken. */
async function makeFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { mode: 0o700 });
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return mkdtemp(`${path}-`);
  }
}

/** Puts the lesson's files into a folder that is there; files of the same name become the lesson's again. */
export async function fillWorkFolder(lesson: WithFiles, folder: string): Promise<void> {
  const from = join(lesson.folder, 'files');
  const files = await plan(from);
  // Nothing is written before everything has been found good.
  for (const { path, kind } of files) {
    if (kind === 'folder') await mkdir(join(folder, path), { recursive: true });
    else await copyFile(join(from, path), join(folder, path));
  }
}

/** Throws where the folder is not one of those in `base`; links in it are removed, never followed. */
export async function removeWorkFolder(folder: string, base: string): Promise<void> {
  const path = resolve(folder);
  if (dirname(path) !== resolve(base) || basename(path) === '')
    throw new WorkFolderError(`${folder} is not a work folder of a lesson`);
  await rm(path, { recursive: true, force: true });
}

type Planned = { path: string; kind: 'file' | 'folder' };

async function plan(root: string): Promise<Planned[]> {
  const found: Planned[] = [];
  let bytes = 0;
  const walk = async (path: string): Promise<void> => {
    const status = await lstat(path);
    const name = join('files', relative(root, path));
    if (status.isDirectory()) {
      found.push({ path: relative(root, path), kind: 'folder' });
      for (const entry of (await readdir(path)).toSorted()) await walk(join(path, entry));
    } else if (status.isFile()) {
      bytes += status.size;
      found.push({ path: relative(root, path), kind: 'file' });
    } else
      throw new WorkFolderError(`${name} is neither a file nor a folder; a lesson can bring nothing else`);
    if (found.length > MOST_FILES) throw new WorkFolderError(`files holds more than ${MOST_FILES} files`);
    if (bytes > MOST_BYTES) throw new WorkFolderError(`files holds more than ${MOST_BYTES / 1024 / 1024} MB`);
  };
  if (await exists(root)) await walk(root);
  return found;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const EXECUTABLE = 0o111;

/** Reads no more than may be there, and follows no link that has taken the file's place since it was looked at. */
async function copyFile(from: string, to: string): Promise<void> {
  const source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { mode, size } = await source.stat();
    if (size > MOST_BYTES) throw new WorkFolderError(`${basename(from)} is too big`);
    const content = await source.readFile();
    await rm(to, { recursive: true, force: true });
    const target = await open(to, 'wx', (mode & EXECUTABLE) === 0 ? 0o644 : 0o755);
    try {
      await target.writeFile(content);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
