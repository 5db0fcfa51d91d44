import type { StatsSample } from '../../engine/engine.ts';
import type { LineChart } from './line-chart.ts';

/** Two charts of a container's life, with the unit of each and its newest value for the title. */
export type UsageCharts = {
  cpu: { chart: LineChart; unit: '%'; newest: number | null };
  memory: { chart: LineChart; unit: 'kB' | 'MB' | 'GB'; newest: number | null };
};

/** CPU below 5 % of a core is rest. */
const LEAST_CPU = 5;

const drawnOf = new WeakMap<readonly StatsSample[], Map<number, UsageCharts>>();

/** The newest `slots` samples as charts; the same objects for the same samples, so that drawings can be kept. */
export function usageCharts(samples: readonly StatsSample[], slots: number): UsageCharts {
  const known = drawnOf.get(samples) ?? new Map<number, UsageCharts>();
  drawnOf.set(samples, known);
  const charts = known.get(slots) ?? { cpu: cpuChart(samples, slots), memory: memoryChart(samples, slots) };
  known.set(slots, charts);
  return charts;
}

function cpuChart(samples: readonly StatsSample[], slots: number): UsageCharts['cpu'] {
  const points = samples.flatMap(({ at, cpuPercent }) =>
    cpuPercent === null ? [] : [{ at, value: cpuPercent }],
  );
  return { ...chartOf(points.slice(-slots), slots, LEAST_CPU), unit: '%' };
}

function memoryChart(samples: readonly StatsSample[], slots: number): UsageCharts['memory'] {
  // The first sample has no CPU figure: without it both charts tell of the same time.
  const shown = samples.filter((sample) => sample.cpuPercent !== null).slice(-slots);
  const { unit, bytes } = memoryUnit(Math.max(0, ...shown.map((sample) => sample.memory)));
  const points = shown.map(({ at, memory }) => ({ at, value: memory / bytes }));
  return { ...chartOf(points, slots, 1), unit };
}

function memoryUnit(most: number): { unit: 'kB' | 'MB' | 'GB'; bytes: number } {
  if (most >= 1e9) return { unit: 'GB', bytes: 1e9 };
  return most >= 1e6 ? { unit: 'MB', bytes: 1e6 } : { unit: 'kB', bytes: 1e3 };
}

function chartOf(
  points: readonly { at: number; value: number }[],
  slots: number,
  least: number,
): { chart: LineChart; newest: number | null } {
  const chart = {
    values: points.map((point) => point.value),
    labels: points.map((point) => clock(point.at)),
    slots,
    least,
  };
  return { chart, newest: points.at(-1)?.value ?? null };
}

function clock(at: number): string {
  const time = new Date(at);
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  return parts.map((part) => `${part}`.padStart(2, '0')).join(':');
}
