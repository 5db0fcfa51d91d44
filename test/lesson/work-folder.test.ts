import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeWorkFolder, removeWorkFolder } from '../../src/lesson/work-folder.ts';

let top: string;
let base: string;
let folder: string;
const lesson = (): { id: string; folder: string } => ({ id: 'thin-layer', folder });

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'sl-work-'));
  base = join(top, 'work');
  folder = join(top, 'lesson');
  await mkdir(join(folder, 'files', 'site'), { recursive: true });
});
afterEach(() => rm(top, { recursive: true, force: true }));

it('copies the lesson’s files into a fresh folder each time, and removes only such a folder', async () => {
  await writeFile(join(folder, 'files', 'Dockerfile'), 'FROM tiny:1\n');
  await writeFile(join(folder, 'files', 'site', 'run.sh'), 'echo');
  await chmod(join(folder, 'files', 'site', 'run.sh'), 0o755);
  const [one, two] = [await makeWorkFolder(lesson(), base), await makeWorkFolder(lesson(), base)];
  expect(one).toBe(join(base, 'thin-layer'));
  expect(two).toMatch(/thin-layer-\w+$/);
  expect(await readFile(join(one, 'Dockerfile'), 'utf8')).toBe('FROM tiny:1\n');
  expect((await stat(join(one, 'site', 'run.sh'))).mode & 0o111).toBe(0o111);
  await removeWorkFolder(one, base);
  expect(await readdir(base)).toHaveLength(1);
  for (const path of [base, top, join(two, 'site'), join(base, '..'), folder])
    await expect(removeWorkFolder(path, base)).rejects.toThrow('is not a work folder');
  expect(await readdir(two)).toEqual(['Dockerfile', 'site']);
});

it('is empty for a lesson without files', async () => {
  await rm(join(folder, 'files'), { recursive: true });
  expect(await readdir(await makeWorkFolder(lesson(), base))).toEqual([]);
});

it('refuses links, whole folders of them too, and leaves nothing half done', async () => {
  await symlink('/etc/passwd', join(folder, 'files', 'site', 'secret'));
  await expect(makeWorkFolder(lesson(), base)).rejects.toThrow(
    'files/site/secret is neither a file nor a folder',
  );
  await rm(join(folder, 'files'), { recursive: true });
  await symlink('/etc', join(folder, 'files'));
  await expect(makeWorkFolder(lesson(), base)).rejects.toThrow('neither a file nor a folder');
  expect(await readdir(base)).toEqual([]);
});

it('refuses more than it may bring', async () => {
  await writeFile(join(folder, 'files', 'big'), Buffer.alloc(17 * 1024 * 1024));
  await expect(makeWorkFolder(lesson(), base)).rejects.toThrow('more than 16 MB');
});

it('does not follow a link out when it is removed', async () => {
  const work = await makeWorkFolder(lesson(), base);
  await writeFile(join(top, 'precious'), 'x');
  await symlink(top, join(work, 'out'));
  await removeWorkFolder(work, base);
  expect(await readFile(join(top, 'precious'), 'utf8')).toBe('x');
});
