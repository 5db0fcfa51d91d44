import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchEngine, BenchEngines } from './bench-engines.ts';
import type { Wish } from './engine-talk.ts';
import type { Measured } from './quantiles.ts';
import { type Program, type Timed, startTimed } from './stopwatch.ts';

/** What one repetition measured, by name: milliseconds, percent of one core, megabytes (2^20), bytes or counts. */
export type Values = Record<string, Measured>;

export type Target = {
  what: string;
  unit: '' | 'ms' | '%' | 'MB' | 'MB/s' | 'bytes';
  /** Name of the value; `floor` names what it is compared with. */
  value: string;
  floor?: string;
  /** The value is to be at most this. */
  most?: number;
  /** And at most this many times the floor. */
  timesFloor?: number;
  /** The value is to be at least this many times the floor: where more is better. */
  atLeastFloor?: number;
};

export type Scenario = {
  name: string;
  what: string;
  /** Too long to repeat. */
  once?: boolean;
  targets: readonly Target[];
  run: (bench: Bench) => Promise<Values>;
};

export type Bench = {
  engines: BenchEngines;
  engine: BenchEngine;
  slipway: (host: string) => Program;
  floor: (host: string) => Program;
  /** As people start it, and without npm. */
  npmStart: (host: string) => Program;
  startScript: (host: string) => Program;
};

export const PROBE = 'aa-probe';
export const NAME = /aa-probe|c\d{4}/;

/** One container that runs, and so many that never did. */
export function usual(created = 10): Wish[] {
  const names = Array.from({ length: created }, (_, i) => `c${String(i + 1).padStart(4, '0')}`);
  return [{ name: PROBE, running: true }, ...names.map((name) => ({ name }))];
}

/** Gives a program that shows its list to `look`, and ends it whatever happens. */
export async function withProgram<T>(
  program: Program,
  look: (timed: Timed) => Promise<T>,
  first = PROBE,
): Promise<T> {
  const timed = await startTimed(program);
  try {
    if ((await timed.untilText(first, 30_000)) === null)
      throw new Error(`${program.name} never showed its list:\n${timed.text()}`);
    await timed.untilQuiet(300, 3_000);
    return await look(timed);
  } finally {
    await timed.quit();
  }
}

/** Out of step with any clock of the program. */
export const pause = (least: number, most: number): Promise<void> =>
  sleep(least + Math.random() * (most - least));
