import stringWidth from 'string-width';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadLineChart, type DrawLineChart, type LineChart } from '../../../src/ui/charts/line-chart.ts';
import type { PaintPart } from '../../../src/ui/charts/paint-frame.ts';

const plain: PaintPart = (_, text) => text;
const coloured: PaintPart = (part, text) =>
  `\u001b[${{ line: 36, label: 90, axis: 37 }[part]}m${text}\u001b[0m`;
const chartOf = (values: readonly number[], slots = 60): LineChart => ({
  values,
  labels: values.map((_, at) => `12:00:${`${at % 60}`.padStart(2, '0')}`),
  slots,
  least: 5,
});
const size = { width: 60, height: 12 };
const wave = Array.from({ length: 60 }, (_, at) => 40 + 30 * Math.sin(at / 5));
const BRAILLE = /[\u2801-\u28ff]/g;

let draw: DrawLineChart;
beforeAll(async () => {
  draw = await loadLineChart();
});

function listeners(): Record<string, number> {
  return Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)]));
}

describe('a chart', () => {
  test('has exactly the size asked for, whatever that is and whatever is drawn', () => {
    const series = [[], [3], [3, 4], wave, [0, 0, 0], [1e12, 5], [NaN, 2, Infinity], [0.004, 0.001]];
    for (const values of series)
      for (let width = 0; width < 90; width += 7)
        for (let height = 0; height < 20; height += 3)
          for (const paint of [plain, coloured]) {
            const rows = draw(chartOf(values), { width, height }, paint);
            expect(rows).toHaveLength(height);
            for (const row of rows)
              expect(stringWidth(row), `${values.length} in ${width}x${height}`).toBe(width);
          }
  });
  test('leaves the process as it was: no handlers, no timers', async () => {
    const before = { listeners: listeners(), input: process.stdin.listenerCount('data') };
    const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    (await loadLineChart())(chartOf(wave), size, coloured);
    expect({ listeners: listeners(), input: process.stdin.listenerCount('data') }).toEqual(before);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBe(timers);
  });
  test('has no colour codes unless it is painted, and the same picture either way', () => {
    const chart = chartOf(wave);
    const bare = draw(chart, size, plain);
    expect(bare.join('')).not.toContain('\u001b');
    const painted = draw(chart, size, coloured);
    expect(painted.map((row) => row.replace(/\u001b\[\d+m/g, ''))).toEqual(bare);
  });
  test('is painted a run at a time', () => {
    const codes = draw(chartOf(wave), size, coloured).join('').split('\u001b').length;
    expect(codes).toBeLessThan(size.height * 16);
  });
  test('has numbers beside it and times under it', () => {
    const rows = draw(chartOf(wave), size, plain);
    const numbers = rows.map((row) => /^ *(\d+) /.exec(row)?.[1]).filter((text) => text !== undefined);
    expect(numbers).toEqual(['60', '40', '20', '0']);
    expect(rows.join('\n').match(/12:00:\d\d/g)?.length).toBeGreaterThan(2);
    expect(rows.at(-1)).toMatch(/12:00:\d\d/);
    expect(rows.join('')).not.toContain('undefined');
  });
  test('shows nothing where nothing was measured, a dash for one value, and grows to the right', () => {
    const dots = (values: readonly number[]): number => {
      const rows = draw(chartOf(values), size, (part, text) =>
        part === 'line' ? text : ' '.repeat(text.length),
      );
      return rows.join('').match(BRAILLE)?.length ?? 0;
    };
    expect([dots([]), dots([3]) > 0, dots([3]) < 4, dots(wave.slice(0, 30)) < dots(wave)]).toEqual([
      0,
      true,
      true,
      true,
    ]);
  });
  test('that is too small for a scale is a sparkline', () => {
    expect(draw(chartOf([1, 5, 3]), { width: 10, height: 2 }, plain)).toEqual([' '.repeat(10), '       ▂█▅']);
  });
  test('is drawn once for the same chart, size and paint', () => {
    const chart = chartOf(wave);
    expect(draw(chart, size, plain)).toBe(draw(chart, { ...size }, plain));
    expect(draw(chart, { width: 50, height: 12 }, plain)).not.toBe(draw(chart, size, plain));
  });
});
