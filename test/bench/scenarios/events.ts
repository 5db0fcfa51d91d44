import { cpuSeconds } from '../process-usage.ts';
import { median, missed, p95, type Measured } from '../quantiles.ts';
import { pause, type Scenario, usual, withProgram } from '../scenario.ts';
import type { EngineTalk } from '../engine-talk.ts';
import type { Timed } from '../stopwatch.ts';

const EVENTS = 20;

export const events: Scenario = {
  name: 'events',
  what: 'a container is made or removed elsewhere, until the list shows it; from when the engine said so',
  targets: [
    { what: 'p95', unit: 'ms', value: 'p95', floor: 'floorP95', timesFloor: 2, most: 20 },
    { what: 'p50', unit: 'ms', value: 'p50', floor: 'floorP50' },
    { what: 'CPU time for an event', unit: 'ms', value: 'cpu', floor: 'floorCpu' },
    { what: 'events never shown', unit: '', value: 'missed', most: 0 },
  ],
  async run({ engine, slipway, floor }) {
    await engine.talk.provide(usual());
    const { host } = engine.talk;
    const theirs = await withProgram(floor(host), (timed) => timeEvents(timed, engine.talk));
    const ours = await withProgram(slipway(host), (timed) => timeEvents(timed, engine.talk));
    return { ...ours, floorP95: theirs.p95, floorP50: theirs.p50, floorCpu: theirs.cpu };
  },
};

async function timeEvents(timed: Timed, talk: EngineTalk) {
  const ear = await talk.listen();
  const took: Measured[] = [];
  const before = cpuSeconds(timed.pid);
  const time = async (shown: Promise<Measured>, what: string): Promise<void> => {
    const toldAt = await ear.heard(what);
    const at = await shown;
    // Told to both at the same time, the program may even be the first to hear.
    took.push(at === null ? null : Math.max(0, at - toldAt));
    await pause(100, 400);
  };
  for (let i = 0; i < EVENTS / 2; i++) {
    const name = `aa-h${String(i).padStart(2, '0')}`;
    const shown = timed.untilText(name);
    await talk.create({ name });
    await time(shown, `create ${name}`);
    const gone = timed.untilGone(name);
    await talk.remove(name);
    await time(gone, `destroy ${name}`);
  }
  ear.close();
  const cpu = ((cpuSeconds(timed.pid) - before) / EVENTS) * 1000;
  return { p50: median(took), p95: p95(took), missed: missed(took), cpu };
}
