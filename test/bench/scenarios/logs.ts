import { setTimeout as sleep } from 'node:timers/promises';
import { type EngineTalk, FOREVER, type Wish } from '../engine-talk.ts';
import { cpuSeconds, memory, resetPeak } from '../process-usage.ts';
import { type Scenario, usual, withProgram } from '../scenario.ts';
import { now } from '../stopwatch.ts';

const LINES = 1_000_000;
/** `0000000001 xxx…`: 100 bytes with the line break. */
const PADDING = 'x'.repeat(88);
const LAST = `${String(LINES).padStart(10, '0')} x`;
const WRITE = `yes ${PADDING} | head -n ${LINES} | nl -w 10 -n rz -s ' '`;
/** `zz`: the last of those that run, which is one key away. */
const LOGGER: Wish = {
  name: 'zz-logs',
  running: true,
  command: ['/bin/sh', '-c', `${WRITE}; exec ${FOREVER.join(' ')}`],
};

export const logs: Scenario = {
  name: 'logs',
  what: `a container with ${LINES.toLocaleString('en')} log lines of 100 bytes is selected`,
  targets: [
    { what: 'end of the log visible', unit: 'ms', value: 'tail', most: 150 },
    { what: 'memory added, 3 s later', unit: 'MB', value: 'added', most: 20 },
    { what: 'memory added, at most', unit: 'MB', value: 'peakAdded' },
    { what: 'CPU time', unit: 'ms', value: 'cpu' },
  ],
  async run({ engine, slipway }) {
    await engine.talk.provide([...usual(), LOGGER]);
    await untilWritten(engine.talk);
    return withProgram(slipway(engine.talk.host), async (timed) => {
      await sleep(1_500);
      const before = { memory: memory(timed.pid).now, cpu: cpuSeconds(timed.pid) };
      resetPeak(timed.pid);
      const pressedAt = now();
      timed.press('down');
      const at = await timed.untilText(LAST, 60_000);
      await sleep(3_000);
      const after = memory(timed.pid);
      return {
        tail: at === null ? null : at - pressedAt,
        added: after.now - before.memory,
        peakAdded: after.peak - before.memory,
        cpu: (cpuSeconds(timed.pid) - before.cpu) * 1000,
      };
    });
  },
};

/** Writing the log takes dockerd some 15 s. */
async function untilWritten(talk: EngineTalk): Promise<void> {
  const deadline = now() + 180_000;
  while (!(await talk.ask('GET', `/containers/${LOGGER.name}/logs?stdout=1&tail=1`)).includes(LAST)) {
    if (now() > deadline) throw new Error(`${LOGGER.name} has not written its log`);
    await sleep(500);
  }
}
