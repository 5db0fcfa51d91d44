import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from '../process-usage.ts';
import { type Scenario, usual, withProgram } from '../scenario.ts';
import { now } from '../stopwatch.ts';
import { percent } from './idle.ts';

/** How the status line begins without an engine. */
const LOST = 'LOST';
const DOWN = 4_000;

export const restart: Scenario = {
  name: 'restart',
  what: 'the engine is killed, and started again 4 s later',
  targets: [
    { what: 'says so', unit: 'ms', value: 'saysSo', most: 100 },
    { what: 'live again after the engine answers', unit: 'ms', value: 'back', most: 500 },
    { what: 'a new container is shown', unit: 'ms', value: 'shown', most: 500 },
    { what: 'CPU without an engine', unit: '%', value: 'cpu' },
  ],
  async run({ engines, slipway }) {
    const engine = await engines.open();
    const { talk } = engine;
    try {
      await talk.provide(usual());
      return await withProgram(slipway(talk.host), async (timed) => {
        await sleep(2_000);
        const ear = await talk.listen();
        const said = timed.untilText(LOST);
        const stopped = engine.stop();
        const goneAt = await ear.gone;
        const saidAt = await said;
        await stopped;
        const before = cpuSeconds(timed.pid);
        await sleep(DOWN);
        const cpu = percent(cpuSeconds(timed.pid) - before, DOWN);
        const back = timed.untilGone(LOST, 30_000);
        const started = engine.start();
        while (!(await talk.isUp())) await sleep(5);
        const upAt = now();
        const backAt = await back;
        await started;
        const name = 'aa-back';
        const shown = timed.untilText(name);
        const newEar = await talk.listen();
        await talk.create({ name });
        const toldAt = await newEar.heard(`create ${name}`);
        const shownAt = await shown;
        newEar.close();
        return {
          // Both hear of it at the same time.
          saysSo: saidAt === null ? null : Math.max(0, saidAt - goneAt),
          back: backAt === null ? null : Math.max(0, backAt - upAt),
          shown: shownAt === null ? null : Math.max(0, shownAt - toldAt),
          cpu,
        };
      });
    } finally {
      await engine.discard();
    }
  },
};
