import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from '../process-usage.ts';
import { type Scenario, withProgram } from '../scenario.ts';
import { now } from '../stopwatch.ts';
import { percent } from './idle.ts';

const RUNNING = 50;
const SECONDS = 10;
/** Works for a moment every now and then, so that the figures change from sample to sample. */
const BUSY = [
  '/bin/sh',
  '-c',
  'while :; do sleep 1.7; n=0; while [ $n -lt 3000 ]; do n=$((n+1)); done; done',
];
const PERCENTAGE = /\d%/;

export const stats: Scenario = {
  name: 'stats',
  what: `${RUNNING} containers run; the CPU use of as many as Slipway measures is on screen`,
  targets: [
    { what: 'CPU', unit: '%', value: 'cpu', most: 10 },
    { what: 'CPU of the engine', unit: '%', value: 'engineCpu' },
    { what: 'written a second', unit: 'bytes', value: 'bytes' },
    { what: 'rows with a percentage', unit: '', value: 'rows' },
  ],
  async run({ engine, slipway }) {
    const names = Array.from({ length: RUNNING - 1 }, (_, i) => `r${String(i + 1).padStart(4, '0')}`);
    await engine.talk.provide(['aa-probe', ...names].map((name) => ({ name, running: true, command: BUSY })));
    return withProgram(slipway(engine.talk.host), async (timed) => {
      await timed.until((screen) => PERCENTAGE.test(screen));
      await sleep(3_000);
      const startedAt = now();
      const before = {
        cpu: cpuSeconds(timed.pid),
        engine: cpuSeconds(engine.pid()),
        bytes: timed.bytes(),
      };
      await sleep(SECONDS * 1000);
      const took = now() - startedAt;
      return {
        cpu: percent(cpuSeconds(timed.pid) - before.cpu, took),
        engineCpu: percent(cpuSeconds(engine.pid()) - before.engine, took),
        bytes: (timed.bytes() - before.bytes) / SECONDS,
        rows: timed
          .text()
          .split('\n')
          .filter((line) => PERCENTAGE.test(line)).length,
      };
    });
  },
};
