import { CLAIM, HINT, SECOND_STEP, SEEN, TITLE, withBenchLesson } from '../bench-lesson.ts';
import type { EngineTalk } from '../engine-talk.ts';
import { median, missed, p95, type Measured, worst } from '../quantiles.ts';
import { pause, type Scenario, usual, withProgram } from '../scenario.ts';
import { type Program, type Timed, now } from '../stopwatch.ts';
import { watchIdle } from './idle.ts';

const PASSES = 10;
const TICK = `✓ ${CLAIM}`;
/** Of Slipway's first lesson, which is selected in the list. */
const FIRST_TITLE = 'Your first box';
const READY = 'Enter begins.';
const FENCE = 'inside a fence';

export const learn: Scenario = {
  name: 'learn',
  what: 'a lesson on the engine, inside its fence',
  targets: [
    { what: 'open a lesson of the list: key to text', unit: 'ms', value: 'opened', most: 2_000 },
    { what: 'a pass: event to tick on screen, at most', unit: 'ms', value: 'most', most: 300 },
    { what: '… p95', unit: 'ms', value: 'p95', most: 300 },
    { what: '… p50', unit: 'ms', value: 'p50' },
    { what: '… event to tick taken back, at most', unit: 'ms', value: 'back', most: 300 },
    { what: 'changes never shown', unit: '', value: 'missed', most: 0 },
    { what: 'begin a step anew: key to open step', unit: 'ms', value: 'reset', most: 2_000 },
    { what: 'idle: written to the terminal', unit: 'bytes', value: 'idleBytes', most: 0 },
    { what: 'idle: CPU, with the shell', unit: '%', value: 'idleCpu', most: 0.5 },
    { what: 'idle: CPU of the engine', unit: '%', value: 'idleEngineCpu' },
    { what: 'idle: memory, with the shell', unit: 'MB', value: 'idleMemory' },
  ],
  async run({ engine, slipway }) {
    const { talk } = engine;
    await talk.provide(usual());
    const program = slipway(talk.host);
    const opened = await withProgram(learning(program), openFirst, FIRST_TITLE);
    const inLesson = async (timed: Timed) => {
      await beginLesson(timed);
      await skipFirstStep(timed);
      // Before a minute is over, when the list says so of what the lesson has made.
      const idle = await watchIdle(timed, engine.pid());
      const passes = await timePasses(timed, talk);
      return { passes, idle, reset: await beginAnew(timed) };
    };
    const { passes, idle, reset } = await withBenchLesson((folder) =>
      withProgram(learning(program, folder), inLesson, TITLE),
    );
    return {
      opened,
      ...passes,
      reset,
      idleBytes: idle.bytes,
      idleCpu: idle.cpu,
      idleEngineCpu: idle.engineCpu,
      idleMemory: idle.memory,
    };
  },
};

function learning(program: Program, ...lesson: string[]): Program {
  return { ...program, command: [...program.command, 'learn', ...lesson] };
}

/** Where a sandbox could be had it is asked first where the lesson shall run; the time counts from the last key. */
async function openFirst(timed: Timed): Promise<Measured> {
  let pressedAt = now();
  timed.press('enter');
  await timed.until((screen) => screen.includes(FENCE) || screen.includes(READY));
  if (!timed.text().includes(READY)) pressedAt = await chooseFence(timed);
  const at = await timed.untilText(READY);
  return at === null ? null : at - pressedAt;
}

async function chooseFence(timed: Timed): Promise<number> {
  timed.press('down');
  await timed.untilQuiet(100);
  const pressedAt = now();
  timed.press('enter');
  return pressedAt;
}

async function beginLesson(timed: Timed): Promise<void> {
  await timed.until((screen) => screen.includes(FENCE) || screen.includes(READY));
  if (!timed.text().includes(READY)) await chooseFence(timed);
  await must(timed, READY);
  timed.press('enter');
  await must(timed, 'step 1 of 2');
}

/** Its solution is run instead, so that the lesson has made something itself. */
async function skipFirstStep(timed: Timed): Promise<void> {
  timed.press('S');
  await answerSecond(timed, 'Run the solution');
  await must(timed, 'Enter goes on.');
  timed.press('enter');
  await must(timed, SECOND_STEP);
}

async function timePasses(timed: Timed, talk: EngineTalk) {
  const ear = await talk.listen();
  const passed: Measured[] = [];
  const back: Measured[] = [];
  for (let i = 0; i < PASSES; i++) {
    await pause(1_200, 2_200);
    ear.forget();
    const ticked = timed.untilText(TICK);
    await talk.make({ name: SEEN, running: true });
    passed.push(since(await ear.heard(`start ${SEEN}`), await ticked));
    await pause(1_200, 2_200);
    const gone = timed.untilGone(TICK);
    await talk.remove(SEEN);
    back.push(since(await ear.heard(`destroy ${SEEN}`), await gone));
  }
  ear.close();
  return {
    most: worst(passed),
    p95: p95(passed),
    p50: median(passed),
    back: worst(back),
    missed: missed([...passed, ...back]),
  };
}

/** Told to both at the same time, the program may even be the first to hear. */
function since(toldAt: number, at: Measured): Measured {
  return at === null ? null : Math.max(0, at - toldAt);
}

/** What the lesson has made goes, the first step's solution is run again, and open hints are closed. */
async function beginAnew(timed: Timed): Promise<Measured> {
  timed.press('h');
  await must(timed, HINT);
  timed.press('r');
  const answeredAt = await answerSecond(timed, 'begin the step anew');
  const at = await timed.until((screen) => !screen.includes(HINT) && !screen.includes('begin the step anew'));
  return at === null ? null : at - answeredAt;
}

/** The first answer is always not to do it. */
async function answerSecond(timed: Timed, label: string): Promise<number> {
  await must(timed, label);
  timed.press('down');
  await timed.untilQuiet(100);
  const pressedAt = now();
  timed.press('enter');
  return pressedAt;
}

async function must(timed: Timed, wanted: string): Promise<void> {
  if ((await timed.untilText(wanted)) === null) throw new Error(`“${wanted}” never came:\n${timed.text()}`);
}
