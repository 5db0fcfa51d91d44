import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import { launch } from '../support/terminal.ts';
import { openInFence, openLesson, type Player } from './learn-pane.ts';
import { wipe } from './on-engine.ts';

const FIRST_LINE = 'docker run --name hello tiny:1 echo hi';
const SOON = { timeout: 15_000 };

describe.skipIf(!hasEngine('docker'))('a lesson', { timeout: 60_000 }, () => {
  let engine: OwnEngine;
  beforeAll(async () => {
    engine = await ownEngine('docker');
  });
  afterEach(() => wipe(engine));
  afterAll(() => engine.discard());

  it('takes no typed text for what it only talks of', async () => {
    await using player = await firstStep(engine);
    await player.type(`echo ${FIRST_LINE}`);
    await player.type(`# ${FIRST_LINE}`);
    // That this is seen shows that the lines before it were judged, too.
    await player.type('docker run --name helo tiny:1 echo hi');
    await player.until('I see a box called "helo"');
    expect(player.slipway.screen()).toContain('0 of 2 checks');
    expect(player.nextCommand()).toBe(FIRST_LINE);
  });

  it('blames nobody for an engine that is killed, and goes on when it is back', async () => {
    await using player = await firstStep(engine);
    await player.type(FIRST_LINE.replace('hello', 'helo'));
    await player.until('I see a box called "helo"');
    await engine.stop();
    await player.slipway.until('LOST');
    await player.keys('c');
    expect(await player.until(/\? "hello" was made/)).toContain('no fault of yours');
    await engine.start();
    await player.slipway.until(/\d+ running/, SOON);
    await player.until(/[·!] "hello" was made/);
    await player.type(FIRST_LINE);
    await player.slipway.until('✓ step done', SOON);
  });

  it('runs a pasted line without the prompt that it was copied with', async () => {
    await using player = await firstStep(engine);
    await player.type('true');
    player.slipway.paste('$ docker ps');
    await player.terminal.until('me> docker ps');
    player.slipway.press('enter');
    await player.terminal.until('CONTAINER ID');
    expect(player.terminal.text()).not.toContain('$ docker');
  });

  it('asks “did you mean” at once for an image that is nearly there', async () => {
    await using player = await firstStep(engine);
    player.slipway.press('6');
    await player.slipway.until('┍━ 6 ');
    player.terminal.type('docker run --name hello tinny:1 echo hi');
    await player.until('Did you mean tiny:1?', { timeout: 3000 });
  });

  it('is played without colours, at 80×24', async () => {
    const options = { columns: 80, rows: 24, env: { NO_COLOR: '1' } };
    await using player = await firstStep(engine, options);
    await player.type('docker run --name helo tiny:1 echo hi');
    await player.until('I see a box called "helo"');
    await player.type(FIRST_LINE);
    await player.slipway.until('✓ step done', SOON);
    expect(player.slipway.raw()).not.toMatch(/\x1b\[[\d;:]*\b(3[0-7]|9[0-7]|38[;:]\d+[;:][\d;:]+)m/);
    await player.next();
    expect(player.position()).toBe('step 2 of 6');
  });

  it('is told in sentences to a screen reader', async () => {
    const options = { args: ['--screen-reader'], columns: 120, rows: 60 };
    await using slipway = (await openLesson('first-box', { ...options, env: { DOCKER_HOST: engine.host } }))
      .slipway;
    const first = await slipway.until(/Where shall|introduction/, SOON);
    if (first.includes('Where shall')) {
      slipway.press('down');
      await slipway.until('selected: On this engine');
      slipway.press('enter');
    }
    await slipway.until(/Lesson: Your first box, introduction/, SOON);
    slipway.press('enter');
    await slipway.until(/not yet: "hello" was made/);
    expect(slipway.screen()).toContain(`Next command: ${FIRST_LINE}`);
    slipway.press('6');
    await slipway.until('me>');
    slipway.type('docker run --name helo tiny:1 echo hi\n');
    await slipway.until(/not as it should be: "hello"[^]*helo/, SOON);
    slipway.type(`${FIRST_LINE}\n`);
    await slipway.until(/Step done/i, SOON);
    slipway.press('ctrl-g', '8');
    expect(await slipway.until(/passed: "hello" has said hi/)).not.toMatch(/[│╭╰━✓]/);
  });

  it('of one’s own is begun, found fault with, and opened from its folder', async () => {
    await using made = await launch({ args: ['lesson', 'new', './own/mine', 'A lesson of mine'] });
    expect(await made.exited).toEqual({ code: 0, signal: 0 });
    const env = { DOCKER_HOST: engine.host };
    await using player = await openInFence('./own/mine', engine.host, { cwd: made.home });
    await player.slipway.until('8 A lesson of mine');
    const file = join(made.home, 'own/mine/lesson.md');
    const text = await readFile(file, 'utf8');
    const line = text.split('\n').findIndex((one) => one.startsWith('answer:')) + 1;
    await writeFile(file, text.replace('answer:', 'anwser:'));
    await using lint = await launch({ args: ['lesson', 'lint', './own/mine'], cwd: made.home, env });
    expect((await lint.exited).code).toBe(1);
    const said = lint.scrollback().replaceAll('\n', '');
    expect(said).toMatch(/mine\/lesson\.md:\d+: error: .*anwser/);
    const named = Number(/lesson\.md:(\d+)/.exec(said)?.[1]);
    expect(Math.abs(named - line)).toBeLessThanOrEqual(2);
  });
});

/** At the first task of the first lesson. */
async function firstStep(
  engine: OwnEngine,
  options: Parameters<typeof openInFence>[2] = {},
): Promise<Player> {
  const player = await openInFence('first-box', engine.host, options);
  await player.next();
  return player;
}
