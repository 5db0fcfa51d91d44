import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from '../process-usage.ts';
import { median, missed, p95, type Measured } from '../quantiles.ts';
import { NAME, pause, type Scenario, usual, withProgram } from '../scenario.ts';
import { type Timed, now } from '../stopwatch.ts';

const KEYS = 40;
const HELD = 30;
const HELD_EVERY = 1000 / 30;

export const keys: Scenario = {
  name: 'keys',
  what: 'an arrow key, until the list has come to rest',
  targets: [
    { what: 'p95', unit: 'ms', value: 'p95', floor: 'floorP95', timesFloor: 1.8, most: 30 },
    { what: 'p50', unit: 'ms', value: 'p50', floor: 'floorP50' },
    { what: 'held key, lag at the end', unit: 'ms', value: 'heldLag', floor: 'floorHeldLag', most: 50 },
    { what: 'CPU time for a key', unit: 'ms', value: 'cpu', floor: 'floorCpu' },
    { what: 'keys without an effect', unit: '', value: 'missed', most: 0 },
  ],
  async run({ engine, slipway, floor }) {
    await engine.talk.provide(usual());
    const { host } = engine.talk;
    const theirs = await withProgram(floor(host), (timed) => pressKeys(timed, NAME));
    const ours = await withProgram(slipway(host), (timed) => pressKeys(timed, NAME));
    return {
      ...ours,
      floorP95: theirs.p95,
      floorP50: theirs.p50,
      floorHeldLag: theirs.heldLag,
      floorCpu: theirs.cpu,
    };
  },
};

/** Five down, five up, and again. */
const keyNumber = (i: number): string => (i % 10 < 5 ? 'down' : 'up');

export async function pressKeys(timed: Timed, name: RegExp) {
  await sleep(1_000);
  const box = timed.boxOf(name);
  if (box === null) throw new Error(`no list on screen:\n${timed.text()}`);
  const took: Measured[] = [];
  const before = cpuSeconds(timed.pid);
  for (let i = 0; i < KEYS; i++) {
    took.push(await timed.untilRest(keyNumber(i), box));
    await pause(0, 80);
  }
  const cpu = ((cpuSeconds(timed.pid) - before) / KEYS) * 1000;
  let movedAt = 0;
  const stop = timed.watchBox(box, (at) => (movedAt = at));
  const startedAt = now();
  for (let i = 0; i < HELD; i++) {
    await sleep(Math.max(0, startedAt + i * HELD_EVERY - now()));
    timed.press(keyNumber(i));
  }
  const endedAt = now();
  await timed.untilQuiet(500, 3_000);
  stop();
  return {
    p50: median(took),
    p95: p95(took),
    missed: missed(took),
    cpu,
    heldLag: Math.max(0, movedAt - endedAt),
  };
}
