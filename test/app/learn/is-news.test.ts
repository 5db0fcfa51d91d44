import { expect, test } from 'vitest';
import { isNews } from '../../../src/app/learn/is-news.ts';
import type { EngineEvent } from '../../../src/engine/engine.ts';

const event = (kind: EngineEvent['kind'], action: string): EngineEvent => ({
  at: 1,
  kind,
  action,
  id: 'notes',
  name: 'notes',
});

test('a volume is made once, until it is gone, and its mounts are no news', () => {
  const volumes = new Set<string>();
  const told = ['create', 'mount', 'create', 'unmount', 'destroy', 'create', 'create'];
  expect(told.filter((action) => isNews(event('volume', action), volumes))).toEqual([
    'create',
    'destroy',
    'create',
  ]);
});

test('everything that happens to containers is news', () => {
  const twice = [event('container', 'start'), event('container', 'start')];
  expect(twice.every((one) => isNews(one, new Set()))).toBe(true);
});
