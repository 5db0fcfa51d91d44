import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { cpuSeconds } from '../process-usage.ts';
import { median, p95, type Measured } from '../quantiles.ts';
import { pause, type Scenario, usual, withProgram } from '../scenario.ts';
import { type Timed, now } from '../stopwatch.ts';
import { percent } from './idle.ts';

const SINGLE_LINES = 20;
const LINES_PER_MS = 2;
const FLOOD = 8_000;
const ECHO = { name: 'zz-echo', running: true, typed: true, command: ['/bin/cat'] };

export const follow: Scenario = {
  name: 'follow',
  what: 'a container writes its log while we look: line by line, then 2,000 lines a second for 8 s',
  targets: [
    { what: 'a line, p50', unit: 'ms', value: 'lineP50' },
    { what: 'a line, p95', unit: 'ms', value: 'lineP95', most: 45 },
    { what: 'lag after 2,000 lines a second', unit: 'ms', value: 'lag', most: 45 },
    { what: 'CPU at 2,000 lines a second', unit: '%', value: 'cpu', most: 30 },
  ],
  async run({ engine, slipway }) {
    // Its log must not hold what the last repetition wrote.
    await engine.talk.provide(usual());
    await engine.talk.make(ECHO);
    const socket = await engine.talk.typeInto(ECHO.name);
    socket.write('HELLO\n');
    try {
      return await withProgram(slipway(engine.talk.host), async (timed) => {
        timed.press('down');
        if ((await timed.untilText('HELLO')) === null) throw new Error(`no log:\n${timed.text()}`);
        return { ...(await lineByLine(timed, socket)), ...(await flood(timed, socket)) };
      });
    } finally {
      socket.destroy();
    }
  },
};

async function lineByLine(timed: Timed, socket: Socket) {
  const took: Measured[] = [];
  for (let i = 0; i < SINGLE_LINES; i++) {
    await pause(150, 400);
    const line = `LIVE-${String(i).padStart(4, '0')}-END`;
    const writtenAt = now();
    socket.write(`${line}\n`);
    const at = await timed.untilText(line);
    took.push(at === null ? null : at - writtenAt);
  }
  return { lineP50: median(took), lineP95: p95(took) };
}

async function flood(timed: Timed, socket: Socket) {
  const before = cpuSeconds(timed.pid);
  const startedAt = now();
  let written = 0;
  while (now() - startedAt < FLOOD) {
    let lines = '';
    for (const due = (now() - startedAt) * LINES_PER_MS; written < due; written++)
      lines += `FLOOD ${String(written).padStart(7, '0')} ${'y'.repeat(60)}\n`;
    socket.write(lines);
    await sleep(10);
  }
  const endedAt = now();
  const cpu = percent(cpuSeconds(timed.pid) - before, endedAt - startedAt);
  socket.write('FLOOD-OVER\n');
  const at = await timed.untilText('FLOOD-OVER', 20_000);
  return { lag: at === null ? null : at - endedAt, cpu };
}
