import { expect, test } from 'vitest';
import type { PathChange } from '../../../src/engine/engine.ts';
import { liveStatus } from '../../../src/model/layers/live-text.ts';
import {
  CHANGES_KEPT,
  failChanges,
  isNew,
  mergeChanges,
  type LiveChanges,
  type PathSize,
} from '../../../src/model/layers/live-changes.ts';

const added = (path: string): PathChange => ({ kind: 'added', path });
const size = (bytes: number): PathSize => ({ isFolder: false, size: bytes });

function merge(
  before: LiveChanges | null,
  at: number,
  changes: readonly PathChange[],
  sizes: Record<string, PathSize> = {},
): LiveChanges {
  return mergeChanges(before, { at, changes, sizes: new Map(Object.entries(sizes)) });
}

test('what was there when one began to look is not new, what comes later is', () => {
  const first = merge(null, 1000, [added('/a')]);
  const second = merge(first, 2000, [added('/b'), added('/a')]);
  expect(second.list.map((change) => [change.path, isNew(change, second)])).toEqual([
    ['/a', false],
    ['/b', true],
  ]);
  const later = merge(second, 9000, [added('/a'), added('/b')]);
  expect(later.list.some((change) => isNew(change, later))).toBe(false);
});

test('a path that changes in another way is new again', () => {
  const first = merge(null, 1000, [added('/a')]);
  const second = merge(first, 2000, [{ kind: 'deleted', path: '/a' }]);
  expect(isNew(second.list[0]!, second)).toBe(true);
});

test('a size that was measured stays until it is measured anew', () => {
  const first = merge(null, 1000, [added('/a'), added('/b')], { '/a': size(5) });
  expect([first.bytes, first.unmeasured]).toEqual([5, 1]);
  const second = merge(first, 2000, [added('/a'), added('/b')], { '/b': size(7) });
  expect([second.bytes, second.unmeasured]).toEqual([12, 0]);
  expect(merge(second, 3000, [added('/a')], { '/a': size(50) }).bytes).toBe(50);
});

test('a huge list is kept in part, counted as a whole, and says so', () => {
  const many = Array.from({ length: CHANGES_KEPT + 500 }, (_, i) => added(`/f${i}`));
  const live = merge(null, 1000, many);
  expect(live.list).toHaveLength(CHANGES_KEPT);
  expect(live.counts.added).toBe(CHANGES_KEPT + 500);
  expect(liveStatus(live)).toContain('the first 2,000 shown, 500 more');
});

test('a failure leaves what was known, with the reason', () => {
  const failed = failChanges(merge(null, 1000, [added('/a')]), 'engine is busy');
  expect(failed.list).toHaveLength(1);
  expect(liveStatus(failed)).toBe('engine is busy');
  expect(merge(failed, 2000, [added('/a')]).failed).toBe('');
});
