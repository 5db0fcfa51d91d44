import { median, type Measured } from '../quantiles.ts';
import { PROBE, type Scenario, usual } from '../scenario.ts';
import { type Program, startTimed } from '../stopwatch.ts';

const STARTS = 3;

export const start: Scenario = {
  name: 'start',
  what: 'from the command to the list on screen',
  targets: [
    { what: 'list on screen', unit: 'ms', value: 'list', floor: 'floorList', timesFloor: 1.3 },
    { what: '`npm start` adds', unit: 'ms', value: 'npmStartAdds', most: 150 },
    { what: '… of which our script', unit: 'ms', value: 'scriptAdds' },
    { what: '… of which npm', unit: 'ms', value: 'npmAdds' },
    { what: 'quit', unit: 'ms', value: 'quit', floor: 'floorQuit' },
  ],
  async run({ engine, ...programs }) {
    await engine.talk.provide(usual());
    const { host } = engine.talk;
    const all = {
      floor: programs.floor(host),
      slipway: programs.slipway(host),
      script: programs.startScript(host),
      npm: programs.npmStart(host),
    };
    const lists: Record<keyof typeof all, Measured[]> = { floor: [], slipway: [], script: [], npm: [] };
    const quits: Record<keyof typeof all, Measured[]> = { floor: [], slipway: [], script: [], npm: [] };
    // The first of each fills the caches, and is not counted. They take turns, so that noise meets all alike.
    for (let turn = 0; turn <= STARTS; turn++) {
      for (const key of Object.keys(all) as (keyof typeof all)[]) {
        const { list, quit } = await timeStart(all[key]);
        if (turn === 0) continue;
        lists[key].push(list);
        quits[key].push(quit);
      }
    }
    const [floorList, list, script, npm] = [lists.floor, lists.slipway, lists.script, lists.npm].map(median);
    return {
      list: list ?? null,
      floorList: floorList ?? null,
      npmStartAdds: difference(npm, list),
      scriptAdds: difference(script, list),
      npmAdds: difference(npm, script),
      quit: median(quits.slipway),
      floorQuit: median(quits.floor),
    };
  },
};

async function timeStart(program: Program): Promise<{ list: Measured; quit: Measured }> {
  const timed = await startTimed(program);
  const at = await timed.untilText(PROBE, 30_000);
  await timed.untilQuiet(150, 1_000);
  return { list: at === null ? null : at - timed.startedAt, quit: await timed.quit() };
}

function difference(a: Measured | undefined, b: Measured | undefined): Measured {
  return a == null || b == null ? null : a - b;
}
