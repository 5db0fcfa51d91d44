import type { EngineTalk } from '../engine-talk.ts';
import { BASE_IMAGE } from '../../../src/sandbox/base-image.ts';
import { median, missed, p95, type Measured, worst } from '../quantiles.ts';
import { pause, type Scenario, usual } from '../scenario.ts';
import { type Timed, now } from '../stopwatch.ts';
import { type Shell, withBareShell, withShellPane } from '../with-shell.ts';
import { watchIdle } from './idle.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** What fits into one row of the pane, behind the prompt. */
const KEYS = 40;
const RUNS = 5;

export const terminal: Scenario = {
  name: 'terminal',
  what: 'a shell in the terminal pane, beside the same shell without Slipway',
  targets: [
    { what: 'key at the prompt to screen, p95', unit: 'ms', value: 'p95', floor: 'floorP95', most: 40 },
    { what: 'key at the prompt to screen, p50', unit: 'ms', value: 'p50', floor: 'floorP50' },
    { what: 'key in `vi` to screen, p95', unit: 'ms', value: 'viP95', floor: 'floorViP95', most: 40 },
    { what: 'key in `vi` to screen, p50', unit: 'ms', value: 'viP50', floor: 'floorViP50' },
    { what: 'keys without an effect', unit: '', value: 'missed', most: 0 },
    { what: 'typed `docker run`: event to row, at most', unit: 'ms', value: 'made', most: 300 },
    { what: '… to row that runs, at most', unit: 'ms', value: 'runs', most: 300 },
    { what: '… Enter to row', unit: 'ms', value: 'entered' },
    { what: 'idle: written to the terminal', unit: 'bytes', value: 'idleBytes', most: 0 },
    { what: 'idle: CPU, with the shell', unit: '%', value: 'idleCpu', most: 0.35 },
    { what: 'idle: memory, with the shell', unit: 'MB', value: 'idleMemory' },
  ],
  async run({ engine, slipway }) {
    await engine.talk.provide(usual());
    const floor = await withBareShell(typeInto);
    return withShellPane(slipway(engine.talk.host), async (shell) => {
      const ours = await typeInto(shell);
      const typed = await runTyped(shell, engine.talk);
      const idle = await watchIdle(shell.timed, engine.pid());
      return {
        ...ours,
        ...typed,
        floorP95: floor.p95,
        floorP50: floor.p50,
        floorViP95: floor.viP95,
        floorViP50: floor.viP50,
        idleBytes: idle.bytes,
        idleCpu: idle.cpu,
        idleMemory: idle.memory,
      };
    });
  },
};

/** How `vi` shows that the text is over. */
const BEYOND = /^│?~( |$)/m;

async function typeInto({ timed }: Shell) {
  const atPrompt = await typeLetters(timed);
  timed.press('ctrl-u');
  await timed.untilQuiet(200);
  timed.type('vi -u NONE -N note.txt\n');
  if ((await timed.untilText('[New]')) === null) throw new Error(`no vi:\n${timed.text()}`);
  timed.press('i');
  await timed.untilText('INSERT');
  const inVi = await typeLetters(timed);
  timed.press('esc');
  await timed.untilGone('INSERT');
  timed.type(':q!\n');
  // What is typed before it has ended is lost.
  await timed.until((screen) => !BEYOND.test(screen));
  await timed.untilQuiet(200);
  return {
    p50: median(atPrompt),
    p95: p95(atPrompt),
    viP50: median(inVi),
    viP95: p95(inVi),
    missed: missed([...atPrompt, ...inVi]),
  };
}

/** One after the other, each when the one before is shown. */
async function typeLetters(timed: Timed): Promise<Measured[]> {
  const took: Measured[] = [];
  let typed = 'q9';
  timed.type(typed);
  await timed.untilText(typed);
  for (let i = 0; i < KEYS; i++) {
    await pause(60, 160);
    const letter = LETTERS[i % LETTERS.length] ?? '';
    typed += letter;
    const pressedAt = now();
    timed.press(letter);
    const at = await timed.untilText(typed, 2_000);
    took.push(at === null ? null : at - pressedAt);
  }
  return took;
}

async function runTyped({ timed, run }: Shell, talk: EngineTalk) {
  const ear = await talk.listen();
  const made: Measured[] = [];
  const runs: Measured[] = [];
  const entered: Measured[] = [];
  for (let i = 0; i < RUNS; i++) {
    const name = `aa-t${i}`;
    await pause(100, 400);
    // With its mark before it: the name alone is in the typed line, too.
    const listed = timed.until((screen) => new RegExp(`[●◌○] +${name} `).test(screen));
    const running = timed.until((screen) => new RegExp(`● +${name} `).test(screen));
    const enteredAt = now();
    const ended = run(`docker run -d --name ${name} ${BASE_IMAGE} sleep 1d`);
    made.push(since(await ear.heard(`create ${name}`), await listed));
    runs.push(since(await ear.heard(`start ${name}`), await running));
    entered.push(since(enteredAt, await listed));
    await ended;
    await talk.remove(name);
  }
  ear.close();
  return { made: worst(made), runs: worst(runs), entered: median(entered) };
}

/** Told to both at the same time, the program may even be the first to hear. */
function since(toldAt: number, at: Measured): Measured {
  return at === null ? null : Math.max(0, at - toldAt);
}
