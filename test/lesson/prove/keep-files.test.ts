import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepFiles } from '../../../src/lesson/prove/keep-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sl-keep-'));
  await mkdir(join(folder, 'site'));
  await writeFile(join(folder, 'site/page'), 'hello', { mode: 0o644 });
  await writeFile(join(folder, 'Dockerfile'), 'FROM tiny:1');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('puts back what was changed and removed, and takes away what is new', async () => {
  const kept = await keepFiles(folder);
  await writeFile(join(folder, 'Dockerfile'), 'FROM tiny:2\nRUN true');
  await rm(join(folder, 'site'), { recursive: true });
  await mkdir(join(folder, 'new/deep'), { recursive: true });
  await writeFile(join(folder, 'new/deep/file'), 'x');
  expect(await kept.restore()).toBe(true);
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
    'Dockerfile',
    'site',
    'site/page',
  ]);
  expect(await readFile(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM tiny:1');
  expect(await readFile(join(folder, 'site/page'), 'utf8')).toBe('hello');
});

it('sees a change of the same length, and leaves alone what did not change', async () => {
  const kept = await keepFiles(folder);
  const { ino } = await stat(join(folder, 'site'));
  await writeFile(join(folder, 'site/page'), 'HELLO');
  await utimes(join(folder, 'site/page'), 1, 1);
  expect(await kept.restore()).toBe(true);
  expect(await readFile(join(folder, 'site/page'), 'utf8')).toBe('hello');
  expect((await stat(join(folder, 'site'))).ino).toBe(ino);
});

it('takes away a link, but says that it cannot bring one back', async () => {
  const before = await keepFiles(folder);
  await symlink('Dockerfile', join(folder, 'link'));
  const after = await keepFiles(folder);
  await rm(join(folder, 'link'));
  expect(await after.restore()).toBe(false);
  await symlink('Dockerfile', join(folder, 'link'));
  expect(await before.restore()).toBe(true);
  expect(await readdir(folder)).not.toContain('link');
});
