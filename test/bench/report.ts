import { median, type Measured, quantile } from './quantiles.ts';
import type { Scenario, Target, Values } from './scenario.ts';

/** All repetitions of a scenario. */
export type Run = { scenario: string; values: Values[]; othersBusy: number[] };

/** One line for each target, with medians over the repetitions. */
export type Result = {
  scenario: string;
  what: string;
  unit: string;
  median: Measured;
  least: Measured;
  most: Measured;
  floor: Measured;
  target: string;
  /** Null where nothing is asked. */
  met: boolean | null;
};

export function resultsOf(scenario: Scenario, { values }: Run): Result[] {
  return scenario.targets.map((target) => {
    const measured = values.map((v) => v[target.value] ?? null);
    const middle = median(measured);
    const { floor } = target;
    const floorMedian = floor === undefined ? null : median(values.map((v) => v[floor] ?? null));
    return {
      scenario: scenario.name,
      what: target.what,
      unit: target.unit,
      median: middle,
      least: quantile(measured, 0),
      most: quantile(measured, 1),
      floor: floorMedian,
      target: targetText(target),
      met: isMet(target, middle, floorMedian),
    };
  });
}

function isMet(target: Target, value: Measured, floor: Measured): boolean | null {
  const { most, timesFloor, atLeastFloor } = target;
  if (most === undefined && timesFloor === undefined && atLeastFloor === undefined) return null;
  if (value === null) return false;
  if (timesFloor !== undefined && (floor === null || value > timesFloor * floor)) return false;
  if (atLeastFloor !== undefined && (floor === null || value < atLeastFloor * floor)) return false;
  return most === undefined || value <= most;
}

function targetText({ most, timesFloor, atLeastFloor, unit }: Target): string {
  const parts = [
    timesFloor === undefined ? '' : `≤ ${timesFloor} × floor`,
    atLeastFloor === undefined ? '' : `≥ ${atLeastFloor} × floor`,
    most === undefined ? '' : `≤ ${most} ${unit}`.trimEnd(),
  ];
  return parts.filter(Boolean).join(', ');
}

const TITLES = ['', 'what', 'Slipway', 'least–most', 'floor', 'ratio', 'target', 'verdict'];

export function tableOf(results: readonly Result[]): string {
  const rows = results.map((r, i) => [
    results[i - 1]?.scenario === r.scenario ? '' : `**${r.scenario}**`,
    r.what,
    withUnit(r.median, r.unit),
    r.least === r.most ? '' : `${figure(r.least)}–${figure(r.most)}`,
    withUnit(r.floor, r.unit),
    r.median === null || !r.floor ? '' : (r.median / r.floor).toFixed(2),
    r.target,
    r.met === null ? '' : r.met ? 'met' : '**MISSED**',
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(TITLES), line(TITLES.map(() => '---')), ...rows.map(line)].join('\n');
}

function withUnit(value: Measured, unit: string): string {
  return value === null ? '' : `${figure(value)} ${unit}`.trimEnd();
}

function figure(value: Measured): string {
  if (value === null) return '–';
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
