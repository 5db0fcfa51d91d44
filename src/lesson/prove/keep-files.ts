import { chmod, lstat, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDiskError } from '../disk/is-disk-error.ts';

/** A file, or a folder, whose content is that of its own entries. */
type Entry = { kind: 'file' | 'folder' | 'other'; mode: number; size: number; mtimeMs: number };

export type KeptFiles = {
  /** Puts back what has changed since, in place. False where it cannot. */
  restore: () => Promise<boolean>;
};

/** More than this is not kept, in bytes; restoring is then given up where anything has changed. */
const MOST = 4 * 1024 * 1024;

/** Remembers what is in a folder. What does not change is not touched, so that mounts of it stay what they are. */
export async function keepFiles(folder: string): Promise<KeptFiles> {
  const before = await entriesIn(folder);
  const contents = await contentsOf(folder, before);
  return {
    async restore() {
      const now = await entriesIn(folder);
      const added = [...now.keys()].filter((name) => before.get(name)?.kind !== now.get(name)?.kind);
      const changed = [...before].filter(([name, entry]) => !isSame(entry, now.get(name)));
      if (added.length === 0 && changed.length === 0) return true;
      if (contents === null || changed.some(([, { kind }]) => kind === 'other')) return false;
      try {
        for (const name of added) await rm(join(folder, name), { recursive: true, force: true });
        for (const [name, entry] of changed) await putBack(join(folder, name), entry, contents.get(name));
        return true;
      } catch (error) {
        if (isDiskError(error)) return false;
        throw error;
      }
    },
  };
}

/** By their path; folders come before what is in them. */
async function entriesIn(folder: string): Promise<Map<string, Entry>> {
  const names = (await readdir(folder, { recursive: true })).toSorted();
  const found = names.map(async (name): Promise<[string, Entry]> => {
    const status = await lstat(join(folder, name));
    const kind = status.isFile() ? 'file' : status.isDirectory() ? 'folder' : 'other';
    const { mode, size, mtimeMs } = status;
    return [name, { kind, mode, size, mtimeMs }];
  });
  return new Map(await Promise.all(found));
}

async function contentsOf(
  folder: string,
  entries: ReadonlyMap<string, Entry>,
): Promise<ReadonlyMap<string, Buffer> | null> {
  const files = [...entries].filter(([, { kind }]) => kind === 'file');
  if (files.reduce((sum, [, { size }]) => sum + size, 0) > MOST) return null;
  const read = files.map(async ([name]): Promise<[string, Buffer]> => [
    name,
    await readFile(join(folder, name)),
  ]);
  return new Map(await Promise.all(read));
}

/** A folder has another time and size as soon as something in it has come or gone. */
function isSame(before: Entry, now: Entry | undefined): boolean {
  if (now === undefined || now.kind !== before.kind || now.mode !== before.mode) return false;
  return before.kind === 'folder' || (now.size === before.size && now.mtimeMs === before.mtimeMs);
}

async function putBack(
  path: string,
  { kind, mode, mtimeMs }: Entry,
  content: Buffer | undefined,
): Promise<void> {
  if (kind === 'folder') await mkdir(path, { recursive: true });
  else {
    await writeFile(path, content ?? '');
    await utimes(path, mtimeMs / 1000, mtimeMs / 1000);
  }
  await chmod(path, mode);
}
