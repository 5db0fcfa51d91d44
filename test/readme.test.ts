import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withTables } from './pictures/readme-tables.ts';
import { SHOTS } from './pictures/shots.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

test('usage, keys and engines in the README are those of the program', async () => {
  // To write them anew: node test/pictures/refresh-readme.ts
  expect(readme).toBe(await withTables(readme));
});

test('every file and folder of ours that the README names is there', () => {
  const named = readme.match(/(?<![\w./-])(?:src|test)\/[\w./-]*\w/g) ?? [];
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every npm script that the README names is there', () => {
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )[\w-]+)/g)].map(([, name]) => name);
  expect(named).toContain('pictures');
  for (const name of new Set(named)) expect(manifest).toHaveProperty(['scripts', name ?? '']);
});

test('every picture has its place in the README, and comes from a shot', () => {
  const shots = SHOTS.map(({ name }) => `${name}.svg`).toSorted();
  const files = readdirSync(join(root, 'test/pictures')).filter((name) => name.endsWith('.svg'));
  expect(files.toSorted()).toEqual(shots);
  expect(shots.filter((file) => !readme.includes(`](test/pictures/${file})`))).toEqual([]);
});

test('every dependency is in the README with the version that is used', () => {
  const { devDependencies } = manifest as { devDependencies: Record<string, string> };
  const lines = readme.split('\n').filter((line) => line.startsWith('|'));
  const missing = Object.entries(devDependencies).filter(([name, version]) => {
    const number = version.replace(/^npm:.*@/, '');
    return !lines.some((line) => line.includes(name) && line.includes(number));
  });
  expect(missing).toEqual([]);
});

test('nothing of the machine that took them is in the pictures', () => {
  for (const { name } of SHOTS) {
    const svg = readFileSync(join(root, 'test/pictures', `${name}.svg`), 'utf8');
    const places = svg.match(/\/(?:tmp|home|root|work)\/[\w.-]*/g) ?? [];
    expect(places.filter((place) => place !== '/tmp/demo' && place !== '/home/you')).toEqual([]);
  }
});
