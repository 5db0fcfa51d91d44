import { expect, test } from 'vitest';
import { cellWidth } from '../../src/model/fit-text.ts';
import { shortPath } from '../../src/model/wire-path.ts';
import { dice } from '../support/odd-text.ts';
import { ID } from './wire-calls.ts';

test.each([
  ['/containers/json', 40, '/containers/json'],
  [`/containers/${ID}/start`, 40, '/containers/c0ffeec0ffee/start'],
  [`/images/sha256:${ID}/json`, 40, '/images/c0ffeec0ffee/json'],
  ['/containers/create', 16, '/contain…/create'],
  [`/containers/${ID}/start`, 22, '/c…/c0ffeec0ffee/start'],
  [`/containers/${ID}/start`, 16, '/c…/c0ffe…/start'],
  ['/containers/my-long-web-server-1/start', 20, '/c…/my-lo…er-1/start'],
  ['/images/registry.example/team/shop:12/json', 30, null],
  ['/libpod/containers/web/json', 20, null],
  ['/_ping', 3, null],
] as const)('%s in %i cells', (path, cells, short) => {
  const made = shortPath(path, cells);
  expect(cellWidth(made)).toBeLessThanOrEqual(cells);
  if (short !== null) expect(made).toBe(short);
});

test('is never wider than its room, and ends as the path does where there is room for that', () => {
  const throws = dice(7);
  for (let i = 0; i < 300; i += 1) {
    const path = `/containers/${throws.text(30).replaceAll('/', '')}/start`;
    for (const cells of [0, 1, 5, 12, 16, 20, 30]) {
      const made = shortPath(path, cells);
      expect(cellWidth(made), path).toBeLessThanOrEqual(cells);
      if (cells >= 16) expect(made).toMatch(/\/start$/);
    }
  }
});
