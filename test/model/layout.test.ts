import { describe, expect, test } from 'vitest';
import { KINDS } from '../../src/engine/objects.ts';
import {
  firstVisible,
  isTooSmall,
  listHeights,
  paneAt,
  selectLayout,
  type Rect,
} from '../../src/model/layout.ts';
import type { Size } from '../../src/model/state.ts';
import { dice } from '../support/odd-text.ts';
import { aContainer, after, anImage, aVolume, holding } from './build-state.ts';

const SIZES: Size[] = [];
for (const columns of [80, 81, 99, 100, 120, 121, 160, 200, 239, 240])
  for (const rows of [24, 25, 31, 40, 55, 60, 69, 70]) SIZES.push({ columns, rows });

const held = (size: Size) =>
  holding({
    size,
    container: Array.from({ length: size.rows % 17 }, (_, i) => aContainer(`c${i}`)),
    image: Array.from({ length: size.columns % 13 }, (_, i) => anImage(`i${i}:1`)),
    volume: [aVolume('notes')],
  });

/** How many panes cover each cell of the body. */
function coverage(size: Size, rects: readonly Rect[]): number[] {
  const cells = Array.from({ length: size.columns * size.rows }, () => 0);
  for (const { x, y, width, height } of rects)
    for (let row = y; row < y + height; row += 1)
      for (let column = x; column < x + width; column += 1) cells[row * size.columns + column]! += 1;
  return cells;
}

describe('the panes', () => {
  test.each(SIZES)('cover $columns×$rows without a gap or an overlap', (size) => {
    const { panes, status, bottom } = selectLayout(held(size));
    expect(new Set(coverage(size, [...Object.values(panes), status, bottom]))).toEqual(new Set([1]));
  });
  test('of one that fills the screen is one', () => {
    const size = { columns: 100, rows: 30 };
    const { panes } = selectLayout(after(held(size), { type: 'zoom-toggled' }));
    expect(panes).toEqual({ container: { x: 0, y: 1, width: 100, height: 28 } });
  });
  test('are found under each cell of theirs, and nothing under the lines above and below', () => {
    const layout = selectLayout(held({ columns: 80, rows: 24 }));
    for (const [focus, { x, y, width, height }] of Object.entries(layout.panes)) {
      expect(paneAt(layout, x, y)?.focus).toBe(focus);
      expect(paneAt(layout, x + width - 1, y + height - 1)?.focus).toBe(focus);
    }
    expect(paneAt(layout, 0, 0)).toBeNull();
    expect(paneAt(layout, 0, 23)).toBeNull();
    expect(paneAt(layout, 80, 5)).toBeNull();
  });
});

describe('the heights of the lists', () => {
  test('add up to what there is, and leave no list without two rows', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const throws = dice(seed);
      const height = 21 + throws.below(50);
      const counts = {
        container: throws.below(80),
        image: throws.below(40),
        volume: throws.below(9),
        network: throws.below(9),
      };
      const heights = listHeights(height, counts, throws.pick(KINDS));
      expect(
        Object.values(heights).reduce((a, b) => a + b, 0),
        `seed ${seed}`,
      ).toBe(height);
      expect(Math.min(...Object.values(heights)), `seed ${seed}`).toBeGreaterThanOrEqual(3);
    }
  });
  test('give the list in use its room first', () => {
    const counts = { container: 40, image: 12, volume: 2, network: 3 };
    expect(listHeights(30, counts, 'image').image).toBe(13);
    expect(listHeights(30, counts, 'container').image).toBe(3);
  });
});

test('the selected row is in view wherever it stands', () => {
  for (let total = 1; total < 30; total += 1)
    for (let height = 1; height < 12; height += 1)
      for (let selected = 0; selected < total; selected += 1) {
        const first = firstVisible(selected, total, height);
        expect(selected - first).toBeGreaterThanOrEqual(0);
        expect(selected - first).toBeLessThan(height);
        expect(first === 0 || first + height <= total).toBe(true);
      }
});

test.each([
  [80, 24, false],
  [79, 24, true],
  [80, 23, true],
])('%i×%i is too small: %s', (columns, rows, small) => {
  expect(isTooSmall({ columns, rows })).toBe(small);
});
