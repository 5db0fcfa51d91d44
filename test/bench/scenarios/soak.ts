import { setTimeout as sleep } from 'node:timers/promises';
import { memory } from '../process-usage.ts';
import { median } from '../quantiles.ts';
import { type Scenario, withProgram } from '../scenario.ts';
import { startFake } from '../start-fake.ts';
import { now } from '../stopwatch.ts';

/** One container made and removed a second, for an hour, … */
const PAIRS = 3_600;
/** … in a minute and a half: as fast as this, in milliseconds. */
const EVERY = 25;
const SAMPLES = 40;

export const soak: Scenario = {
  name: 'soak',
  what: 'an hour of events (3,600 containers made and removed, on the fake engine) in 90 s',
  once: true,
  targets: [
    { what: 'memory, at most', unit: 'MB', value: 'most', most: 150 },
    { what: 'memory at the start', unit: 'MB', value: 'start' },
    { what: 'memory, second quarter of the time', unit: 'MB', value: 'early' },
    { what: 'memory, last quarter of the time', unit: 'MB', value: 'late' },
    { what: 'memory at rest, 5 s later', unit: 'MB', value: 'rest' },
    { what: 'behind at the end', unit: 'ms', value: 'behind' },
  ],
  async run({ slipway }) {
    const fake = await startFake(10);
    try {
      return await withProgram(
        slipway(fake.talk.host),
        async (timed) => {
          const curve = [memory(timed.pid).now];
          const startedAt = now();
          for (let i = 0; i < PAIRS; i++) {
            const name = `made-${i % 7}`;
            await fake.talk.create({ name });
            await sleep(Math.max(0, startedAt + (i + 0.5) * EVERY - now()));
            await fake.talk.remove(name);
            await sleep(Math.max(0, startedAt + (i + 1) * EVERY - now()));
            if ((i + 1) % (PAIRS / SAMPLES) === 0) curve.push(memory(timed.pid).now);
          }
          const endedAt = now();
          const shown = timed.untilText('zz-last', 20_000);
          await fake.talk.create({ name: 'zz-last' });
          const at = await shown;
          await sleep(5_000);
          const quarter = SAMPLES / 4;
          return {
            ...Object.fromEntries(curve.map((mb, i) => [`curve${String(i).padStart(2, '0')}`, mb])),
            start: curve[0] ?? null,
            early: median(curve.slice(quarter, 2 * quarter)),
            late: median(curve.slice(-quarter)),
            most: memory(timed.pid).peak,
            rest: memory(timed.pid).now,
            behind: at === null ? null : Math.max(0, at - endedAt),
          };
        },
        'container-0',
      );
    } finally {
      await fake.stop();
    }
  },
};
