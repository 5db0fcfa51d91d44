import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds, memory } from '../process-usage.ts';
import { type Scenario, usual, withProgram } from '../scenario.ts';
import { type Timed, now } from '../stopwatch.ts';

/** Until what a program does once after its start is over. */
const SETTLE = 4_000;
const SECONDS = 20;

export const idle: Scenario = {
  name: 'idle',
  what: `nobody touches anything for ${SECONDS} s`,
  targets: [
    { what: 'written to the terminal', unit: 'bytes', value: 'bytes', floor: 'floorBytes', most: 0 },
    { what: 'CPU', unit: '%', value: 'cpu', floor: 'floorCpu', most: 0.35 },
    { what: 'CPU of the engine', unit: '%', value: 'engineCpu', floor: 'floorEngineCpu', most: 0.5 },
    { what: 'CPU of the engine alone', unit: '%', value: 'aloneEngineCpu' },
    { what: 'memory', unit: 'MB', value: 'memory', floor: 'floorMemory' },
  ],
  async run({ engine, slipway, floor }) {
    await engine.talk.provide(usual());
    const { host } = engine.talk;
    const watch = (timed: Timed) => watchIdle(timed, engine.pid());
    const theirs = await withProgram(floor(host), watch);
    const ours = await withProgram(slipway(host), watch);
    const before = cpuSeconds(engine.pid());
    await sleep(SECONDS * 1000);
    return {
      ...ours,
      aloneEngineCpu: percent(cpuSeconds(engine.pid()) - before, SECONDS * 1000),
      floorBytes: theirs.bytes,
      floorCpu: theirs.cpu,
      floorEngineCpu: theirs.engineCpu,
      floorMemory: theirs.memory,
    };
  },
};

export async function watchIdle(timed: Timed, engine: number) {
  await sleep(SETTLE);
  const startedAt = now();
  const before = { bytes: timed.bytes(), cpu: cpuSeconds(timed.pid), engine: cpuSeconds(engine) };
  await sleep(SECONDS * 1000);
  const took = now() - startedAt;
  return {
    bytes: timed.bytes() - before.bytes,
    cpu: percent(cpuSeconds(timed.pid) - before.cpu, took),
    engineCpu: percent(cpuSeconds(engine) - before.engine, took),
    memory: memory(timed.pid).now,
  };
}

export function percent(seconds: number, milliseconds: number): number {
  return (seconds / milliseconds) * 100_000;
}
