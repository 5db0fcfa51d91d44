import { expect, test } from 'vitest';
import { niceScale } from '../../../src/ui/charts/nice-scale.ts';

test.each([
  [5, 4, { top: 6, steps: 3 }],
  [70, 4, { top: 80, steps: 4 }],
  [100, 4, { top: 150, steps: 3 }],
  [1, 2, { top: 2, steps: 2 }],
])('up to %d in at most %d steps', (max, most, scale) => {
  expect(niceScale(max, most)).toEqual(scale);
});

test('any value lies under the top, in no more steps than asked for', () => {
  for (let max = 1e-9; max < 1e15; max *= 1.37)
    for (const most of [1, 2, 3, 5, 9]) {
      const { top, steps } = niceScale(max, most);
      expect(top).toBeGreaterThan(max);
      expect(steps).toBeGreaterThan(0);
      expect(steps).toBeLessThanOrEqual(most);
      expect(top).toBeLessThan(max * 12);
    }
});

test('nothing at all still has a scale', () => {
  const { top, steps } = niceScale(0, 4);
  expect([top > 0, steps > 0]).toEqual([true, true]);
});
