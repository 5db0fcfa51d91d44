import { expect, test } from 'vitest';
import { humanSize } from '../../src/engine/human-size.ts';

test.each([
  [0, '0 B'],
  [64, '64 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1_940_000, '1.9 MB'],
  [1_960_000, '2 MB'],
  [13_340, '13.3 kB'],
  [99_960, '100 kB'],
  [133_400_000, '133 MB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [7.25e9, '7.3 GB'],
  [Number.MAX_SAFE_INTEGER, '9 PB'],
  [1e25, '10000000 EB'],
  [-1500, '-1.5 kB'],
  [Number.NaN, '?'],
  [Infinity, '?'],
])('%d bytes are %s', (bytes, text) => {
  expect(humanSize(bytes)).toBe(text);
});

test('the text never takes more than eight cells below the exabytes, and never four digits', () => {
  for (let bytes = 1; bytes < 1e18; bytes = Math.ceil(bytes * 1.07)) {
    expect(humanSize(bytes)).toMatch(/^\d{1,3}(\.\d)? [kMGTP]?B$/);
  }
});
