import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OUTPUT_KEPT, runLines } from '../../src/lesson/run-lines.ts';
import { until } from '../support/until.ts';

let cwd: string;
const env = { PATH: process.env['PATH'] ?? '' };

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'sl-lines-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('runs lines one after another in the folder, with that environment only, and gives codes and output', async () => {
  const results = await runLines(['echo "a $HOME b" >f; cat f; exit 3', 'cat f >&2; pwd'], { env, cwd });
  expect(results).toMatchObject([
    { line: 'echo "a $HOME b" >f; cat f; exit 3', code: 3, output: 'a  b', problem: '' },
    { code: 0, output: `a  b\n${cwd}` },
  ]);
});

it('stops at a line that fails only where it is told to', async () => {
  expect(await runLines(['false', 'true'], { env, cwd })).toHaveLength(2);
  expect(await runLines(['false', 'true'], { env, cwd, stopAtFailure: true })).toHaveLength(1);
});

it('gives clean lines as they come, also the one without an end, and a bounded rest', async () => {
  const told: string[] = [];
  const [result] = await runLines([String.raw`printf 'a\033[31mb\r\ntab\there\rdone\033]0;x\007'`], {
    env,
    cwd,
    onLine: (line) => told.push(line),
  });
  expect(told).toEqual(['ab', 'tab here', 'done']);
  expect(result?.output).toBe('ab\ntab here\ndone');
  const [long] = await runLines(['seq 1 100000'], { env, cwd });
  expect(long?.output.length).toBeLessThanOrEqual(OUTPUT_KEPT);
  expect(long?.output.endsWith('100000')).toBe(true);
});

it('kills what a line has started when it is aborted, in the background too', async () => {
  const aborter = new AbortController();
  const running = runLines(['sleep 1000 & echo $! >pids; sleep 1001 & echo $! >>pids; wait'], {
    env,
    cwd,
    signal: aborter.signal,
  });
  const pids = async (): Promise<number[]> =>
    (await readFile(join(cwd, 'pids'), 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
  await until(async () => (await pids()).length === 2);
  aborter.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  const [one = 0, two = 0] = await pids();
  await until(() => !isThere(one) && !isThere(two));
});

it('does not wait for what was left in the background, and kills it later', async () => {
  const aborter = new AbortController();
  const [result] = await runLines(['sleep 1000 & echo $!'], { env, cwd, signal: aborter.signal });
  const pid = Number(result?.output);
  expect(isThere(pid)).toBe(true);
  aborter.abort();
  await until(() => !isThere(pid));
});

it('gives up on a line that does not end', async () => {
  expect(await runLines(['sleep 1000'], { env, cwd, within: 50 })).toMatchObject([
    { code: null, problem: 'it did not end within 0.05 s' },
  ]);
});
