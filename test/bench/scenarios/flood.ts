import { execFile } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { memory, ownCpuSeconds, resetPeak } from '../process-usage.ts';
import { median, missed, p95, type Measured, worst } from '../quantiles.ts';
import { pause, type Scenario, usual } from '../scenario.ts';
import { type Timed, now } from '../stopwatch.ts';
import { focusList, focusShell, PROMPT, type Shell, withShellPane } from '../with-shell.ts';
import { percent } from './idle.ts';

/** Megabytes (2^20) of text, and lines of `yes`. */
const TEXT = 50;
const YES = 2_000_000;
const SECONDS = 5;
const KEYS = 10;
const STOPS = 5;
const PATIENCE = 120_000;

export const flood: Scenario = {
  name: 'flood',
  what: 'a shell in the terminal pane writes as fast as it can; the floor is an xterm that nobody looks at',
  targets: [
    { what: '`cat` of 50 MB of text', unit: 'MB/s', value: 'speed', floor: 'floorSpeed', atLeastFloor: 0.5 },
    { what: '2,000,000 lines of `yes`', unit: 'ms', value: 'yes', floor: 'floorYes', timesFloor: 3 },
    { what: 'memory added, at most', unit: 'MB', value: 'added', most: 60 },
    { what: 'CPU while `yes` runs', unit: '%', value: 'cpu', most: 100 },
    { what: '… written a second', unit: 'bytes', value: 'bytes' },
    { what: '… key to another pane and back, p95', unit: 'ms', value: 'p95', most: 100 },
    { what: '… key to another pane and back, p50', unit: 'ms', value: 'p50' },
    { what: '… keys without an effect', unit: '', value: 'missed', most: 0 },
    { what: '… Ctrl-C to prompt, at most', unit: 'ms', value: 'stop', most: 200 },
  ],
  async run({ engine, slipway }) {
    await engine.talk.provide(usual());
    return withShellPane(slipway(engine.talk.host), async (shell) => ({
      ...(await pour(shell)),
      ...(await pourOn(shell.timed)),
    }));
  },
};

/** A lot, which ends. */
async function pour({ timed, folder, run, ask }: Shell) {
  const [rows, columns] = (await ask('stty size')).split(' ');
  const text = join(folder, 'text');
  const yes = join(folder, 'yes');
  await writeText(text);
  await writeFile(yes, 'y\n'.repeat(YES));
  const parse = (file: string): Promise<number> => parseBytes(file, columns, rows);
  const floor = { text: await parse(text), yes: await parse(yes) };
  const before = memory(timed.pid).now;
  resetPeak(timed.pid);
  const took = await run(`cat ${text}`, PATIENCE);
  const tookYes = await run(`yes | head -${YES}`, PATIENCE);
  return {
    speed: took === null ? null : (TEXT / took) * 1000,
    floorSpeed: (TEXT / floor.text) * 1000,
    yes: tookYes,
    floorYes: floor.yes,
    added: memory(timed.pid).peak - before,
  };
}

/** As a log is: lines of all lengths, some longer than the pane is wide. */
async function writeText(file: string): Promise<void> {
  const words =
    'the engine has started a container and says so in a line of its log, which may be longer or shorter ';
  let block = '';
  for (let i = 0; block.length < 2 ** 20; i++)
    block += `${String(i).padStart(8, '0')} ${words.repeat(2).slice(0, 10 + ((i * 37) % 100))}\n`;
  const handle = await open(file, 'w');
  for (let i = 0; i < TEXT; i++) await handle.write(block.slice(0, 2 ** 20));
  await handle.close();
}

async function parseBytes(file: string, columns = '80', rows = '24'): Promise<number> {
  const script = join(import.meta.dirname, '../floor/parse-bytes.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, file, columns, rows]);
  return Number(stdout);
}

/** More and more, until Ctrl-C. */
async function pourOn(timed: Timed) {
  await startYes(timed);
  const startedAt = now();
  const before = { cpu: ownCpuSeconds(timed.pid), bytes: timed.bytes() };
  await sleep(SECONDS * 1000);
  const took = now() - startedAt;
  const cpu = percent(ownCpuSeconds(timed.pid) - before.cpu, took);
  const bytes = (timed.bytes() - before.bytes) / SECONDS;
  const keys = await pressMeanwhile(timed);
  const stops = [await stopYes(timed)];
  while (stops.length < STOPS) {
    await startYes(timed);
    stops.push(await stopYes(timed));
  }
  return { cpu, bytes, p50: median(keys), p95: p95(keys), missed: missed(keys), stop: worst(stops) };
}

async function pressMeanwhile(timed: Timed): Promise<Measured[]> {
  const took: Measured[] = [];
  for (let i = 0; i < KEYS; i++) {
    await pause(50, 250);
    took.push(await focusList(timed));
    await pause(50, 250);
    took.push(await focusShell(timed));
  }
  return took;
}

async function startYes(timed: Timed): Promise<void> {
  timed.type('clear; yes\n');
  if ((await timed.until((screen) => /(│y .*\n){3}/.test(screen))) === null)
    throw new Error(`yes does not run:\n${timed.text()}`);
  await pause(500, 1_000);
}

async function stopYes(timed: Timed): Promise<Measured> {
  const pressedAt = now();
  timed.press('ctrl-c');
  const at = await timed.until((screen) => {
    const [, after = ''] = screen.split('^C');
    return PROMPT.test(after.slice(after.indexOf('\n') + 1));
  });
  return at === null ? null : at - pressedAt;
}
