import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Places, sandboxPlaces } from '../../src/sandbox/places.ts';
import { stopSandbox } from '../../src/sandbox/sandbox.ts';
import { ENGINE_NAMES } from '../support/engine-host-talk.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import { launch } from '../support/terminal.ts';
import { until } from '../support/until.ts';
import {
  choose,
  openInFence,
  openLesson,
  ownLesson,
  type Player,
  rightAnswers,
  stateOf,
} from './learn-pane.ts';
import { removeContainer, withEngine, wipe } from './on-engine.ts';
import { PROMPT } from './terminal-pane.ts';

for (const name of ENGINE_NAMES) {
  describe.skipIf(!hasEngine(name))(`the first lesson, by typing, on ${name}`, { timeout: 90_000 }, () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine(name);
    });
    afterEach(() => wipe(engine));
    afterAll(() => engine.discard());

    it('says what is wrong, is left and taken up again, and ends with a notebook', async () => {
      await using first = await openInFence('first-box', engine.host);
      await goWrongTwice(first);
      await playToTheMiddle(first);
      first.slipway.press('q');
      await quit(first);

      for (const item of await containers(engine))
        if (['hello', 'stay'].includes(item.name)) await removeContainer(engine, item.id);
      await using second = await openInFence('first-box', engine.host, { env: stateOf(first) });
      await takeUpAgain(second, engine);
      await playToTheEnd(second);
      await exportNotebook(second);
      expect(await progressIn(first)).toMatch(/Your first box.*done/);
      await leave(second, engine);
    });
  });
}

describe.skipIf(!hasEngine('docker'))('in the sandbox', { timeout: 60_000 }, () => {
  it('what went with it is made again when the lesson is taken up', async () => {
    await using first = await openLesson('first-box');
    // After the second program and before the home of the first, in which it lies.
    await using undo = new AsyncDisposableStack();
    undo.defer(async () => void (await stopSandbox(sandboxOf(first))));
    await first.until('This runs in a sandbox', { timeout: 20_000 });
    await first.terminal.until(PROMPT);
    await first.next();
    await playToTheMiddle(first);
    await first.keys('q');
    await first.slipway.until('Quit?');
    await choose(first.slipway, 'Quit');
    await quit(first);
    const { run } = sandboxOf(first);
    await until(() => !existsSync(run));
    await using second = await openLesson('first-box', { env: stateOf(first) });
    await choose(second.slipway, 'Run them');
    await second.slipway.until(/● +stay .*Up/, { timeout: 15_000 });
    await replayed(second);
    expect(second.position()).toBe('step 4 of 6');
    await second.playStep();
  });
});

function sandboxOf(player: Player): Places {
  return sandboxPlaces(join(stateOf(player).XDG_STATE_HOME, 'slipway/sandbox'));
}

/** Another name, then a command that no box knows: both are explained below the check that is open. */
async function goWrongTwice(player: Player): Promise<void> {
  await player.next();
  await player.until('"hello" was made from tiny:1');
  await player.keys('a');
  await player.until(/› a\) .*Your guess is noted/);
  await player.keys('h');
  await player.until('Hint 1');
  await player.type('docker run --name helo tiny:1 echo hi');
  await player.until(/! "hello" was made from tiny:1.* I see a box called "helo"/);
  await player.type('docker run --name hello tiny:1 ehco hi');
  await player.until(/! "hello" was made from tiny:1.* could not start/);
  await player.until(/✗ .* no program called ehco/);
  await player.type('docker rm hello');
  await player.until(/! "hello" was made from tiny:1.* I see a box called "helo"/);
}

async function playToTheMiddle(player: Player): Promise<void> {
  await player.playStep();
  for (let step = 2; step <= 3; step++) {
    await player.next();
    expect(player.position()).toBe(`step ${step} of 6`);
    await player.playStep();
  }
  await player.next();
  expect(player.position()).toBe('step 4 of 6');
}

async function quit({ slipway }: Player): Promise<void> {
  expect(await slipway.exited).toEqual({ code: 0, signal: 0 });
}

/** What was removed meanwhile is named, and made again when it is asked for. */
async function takeUpAgain(player: Player, engine: OwnEngine): Promise<void> {
  const { slipway } = player;
  const asked = await slipway.until('Something is missing', { timeout: 15_000 });
  expect(asked).toMatch(/\$ docker run --name hello tiny:1 echo hi/);
  await choose(slipway, 'Run them');
  await slipway.until(/● +stay .*Up/, { timeout: 15_000 });
  await slipway.until(/○ +hello .*Exited/, { timeout: 15_000 });
  await replayed(player);
  expect(player.position()).toBe('step 4 of 6');
  expect((await containers(engine)).map((item) => item.name).toSorted()).toEqual(['hello', 'helo', 'stay']);
}

/** The lesson's own lines are over, and what they made is not taken for something that the learner did. */
async function replayed(player: Player): Promise<void> {
  await player.slipway.untilGone(/Running docker .* …/, { timeout: 20_000 });
  await player.until(/· "idle" was started/);
}

async function playToTheEnd(player: Player): Promise<void> {
  await player.insertNext();
  await player.playStep();
  await player.next();
  await player.playStep();
  await player.next();
  await player.keys(...rightAnswers(await ownLesson('first-box'), 'recap'));
  await player.until(/✓ [abc]\)/);
  await player.next();
  expect(player.position()).toBe('notebook');
}

async function exportNotebook(player: Player): Promise<void> {
  await player.until('docker run --name hello tiny:1 echo hi');
  await player.keys('E');
  const screen = await player.slipway.until(/The notebook is in \S+/);
  const file = /The notebook is in (\S+)/.exec(screen)?.[1] ?? '';
  expect(existsSync(file)).toBe(true);
  const text = await readFile(file, 'utf8');
  expect(text).toContain('# ');
  expect(text).toContain('docker run --name hello tiny:1 echo hi');
}

async function progressIn(player: Player): Promise<string> {
  await using run = await launch({ args: ['progress'], env: stateOf(player) });
  expect(await run.exited).toEqual({ code: 0, signal: 0 });
  return run.scrollback();
}

/** What goes is listed first; afterwards nothing of the lesson is left. */
async function leave(player: Player, engine: OwnEngine): Promise<void> {
  await player.keys('x');
  expect(await player.slipway.until('Leave the lesson?')).toMatch(/This goes:[^]*docker rm .*helo/);
  await choose(player.slipway, 'Leave, and remove it');
  await player.slipway.untilGone('8 Your first box');
  expect(await containers(engine)).toEqual([]);
  await player.slipway.until('0 running');
}

function containers(engine: OwnEngine): Promise<{ id: string; name: string }[]> {
  return withEngine(engine, async (api) =>
    (await api.list('container')).map(({ id, name }) => ({ id, name })),
  );
}
