import { expect, test } from 'vitest';
import { sparkline } from '../../../src/ui/charts/sparkline.ts';

test.each([
  [[], 4, 1, '    '],
  [[0, 50, 100], 5, 1, '  ▁▅█'],
  [[1, 2, 3, 4], 2, 1, '▆█'],
  [[1, 1], 2, 100, '▁▁'],
  [[0, 0], 2, 0, '▁▁'],
  [[Number.NaN, 1, Infinity, -5], 4, 1, ' █ ▁'],
  [[1, 2], 0, 1, ''],
])('%j in %i cells', (values, width, least, bars) => {
  expect(sparkline(values, width, least)).toBe(bars);
});
