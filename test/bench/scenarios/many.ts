import { setTimeout as sleep } from 'node:timers/promises';
import { memory } from '../process-usage.ts';
import { type Scenario, withProgram } from '../scenario.ts';
import { type Fake, startFake } from '../start-fake.ts';
import { type Program, startTimed } from '../stopwatch.ts';
import { pressKeys } from './keys.ts';

const NAME = /container-\d+/;
const MANY = 1_000;
/** Of a whole list; with `filters` it is one container that is read. */
const WHOLE_LIST = /^GET \/(containers\/json|images\/json|volumes|networks)(?!.*filters)/;
const ONE_CONTAINER = /^GET \/containers\/json.*filters|^GET \/containers\/[^/]+\/json/;

export const many: Scenario = {
  name: 'many',
  what: '1,000 containers, on the fake engine, beside 10 of the same kind',
  targets: [
    { what: 'key p95 (floor: with 10)', unit: 'ms', value: 'p95', floor: 'fewP95', timesFloor: 1.5 },
    { what: 'key p50 (floor: with 10)', unit: 'ms', value: 'p50', floor: 'fewP50' },
    { what: 'start (floor: with 10)', unit: 'ms', value: 'list', floor: 'fewList' },
    { what: 'whole lists read for one event', unit: '', value: 'listsRead', most: 0 },
    { what: 'containers read for one event', unit: '', value: 'containersRead', most: 1 },
    { what: 'memory (floor: with 10)', unit: 'MB', value: 'memory', floor: 'fewMemory' },
  ],
  async run({ slipway }) {
    const few = await withFake(10, (fake) => look(fake, slipway(fake.talk.host)));
    const lots = await withFake(MANY, (fake) => look(fake, slipway(fake.talk.host)));
    return { ...lots, fewP95: few.p95, fewP50: few.p50, fewList: few.list, fewMemory: few.memory };
  },
};

async function withFake<T>(containers: number, measure: (fake: Fake) => Promise<T>): Promise<T> {
  const fake = await startFake(containers);
  try {
    return await measure(fake);
  } finally {
    await fake.stop();
  }
}

async function look(fake: Fake, program: Program) {
  const list = await timeList(program);
  return withProgram(
    program,
    async (timed) => {
      const pressed = await pressKeys(timed, NAME);
      await sleep(500);
      await fake.takeRequests();
      await fake.talk.create({ name: 'aa-new' });
      // It sorts to the front of those that do not run, which is on screen with 1,000, too.
      await timed.untilText('aa-new');
      await timed.untilQuiet(300);
      const asked = await fake.takeRequests();
      return {
        ...pressed,
        list,
        listsRead: asked.filter((said) => WHOLE_LIST.test(said)).length,
        containersRead: asked.filter((said) => ONE_CONTAINER.test(said)).length,
        memory: memory(timed.pid).now,
      };
    },
    'container-0',
  );
}

async function timeList(program: Program) {
  const timed = await startTimed(program);
  const at = await timed.untilText('container-0');
  await timed.untilQuiet(150, 1_000);
  await timed.quit();
  return at === null ? null : at - timed.startedAt;
}
