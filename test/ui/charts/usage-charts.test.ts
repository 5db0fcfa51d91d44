import { describe, expect, test } from 'vitest';
import type { StatsSample } from '../../../src/engine/engine.ts';
import { usageCharts } from '../../../src/ui/charts/usage-charts.ts';

const sample = (at: number, cpuPercent: number | null, memory: number): StatsSample => ({
  at,
  cpuPercent,
  memory,
  memoryLimit: 0,
  networkIn: 0,
  networkOut: 0,
  blockIn: 0,
  blockOut: 0,
  pids: 1,
});

describe('charts of samples', () => {
  const samples = [sample(0, null, 1e6), sample(1000, 10, 3e6), sample(2000, 20, 4e6)];
  test('leave out what was not measured, and say the newest value', () => {
    const { cpu, memory } = usageCharts(samples, 60);
    expect(cpu).toMatchObject({ chart: { values: [10, 20], slots: 60 }, unit: '%', newest: 20 });
    expect(memory).toMatchObject({ chart: { values: [3, 4] }, unit: 'MB', newest: 4 });
    expect(cpu.chart.labels[0]).toBe(new Date(1000).toTimeString().slice(0, 8));
  });
  test('show the newest samples only', () => {
    expect(usageCharts(samples, 2).memory.chart.values).toEqual([3, 4]);
  });
  test('are the same objects for the same samples', () => {
    expect(usageCharts(samples, 60)).toBe(usageCharts(samples, 60));
    expect(usageCharts([...samples], 60)).not.toBe(usageCharts(samples, 60));
  });
  test.each([
    [0, 'kB'],
    [999_999, 'kB'],
    [1_000_000, 'MB'],
    [3e9, 'GB'],
  ])('memory of %d bytes is told in %s', (memory, unit) => {
    expect(usageCharts([sample(0, 1, memory)], 10).memory.unit).toBe(unit);
  });
  test('of nothing have nothing newest', () => {
    expect(usageCharts([], 10)).toMatchObject({ cpu: { newest: null }, memory: { newest: null } });
  });
});
