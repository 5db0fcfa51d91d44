import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readState } from '../../../src/lesson/disk/read-state.ts';
import { writeAtomically } from '../../../src/lesson/disk/write-atomically.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('makes the folder and a file that nobody else can read', async () => {
  const file = join(folder, 'a', 'b', 'progress.json');
  await writeAtomically(file, '{"one":1}');
  expect(await readFile(file, 'utf8')).toBe('{"one":1}');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o700);
});

test('many writers at once leave one whole text, and nothing else', async () => {
  const file = join(folder, 'progress.json');
  const texts = Array.from({ length: 20 }, (_, i) => JSON.stringify({ text: String(i).repeat(20_000) }));
  await Promise.all(texts.map((text) => writeAtomically(file, text)));
  expect(texts).toContain(await readFile(file, 'utf8'));
  expect(await readdir(folder)).toEqual(['progress.json']);
});

test('a write that fails leaves what was there, and no half file', async () => {
  const file = join(folder, 'taken');
  await writeAtomically(join(file, 'inside'), 'x');
  // A folder stands in the place of the file.
  await expect(writeAtomically(file, 'y')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['taken']);
});

test('a broken file is put aside whole, and reads as nothing', async () => {
  const file = join(folder, 'review.json');
  expect(await readState(file)).toEqual({ value: null, aside: null });
  await writeFile(file, '{"cards": [');
  const { value, aside } = await readState(file);
  expect(value).toBeNull();
  expect(await readFile(aside ?? '', 'utf8')).toBe('{"cards": [');
  expect(await readdir(folder)).toHaveLength(1);
});
