import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeEngine } from '../support/fake-engine.ts';
import type { Terminal } from '../support/terminal.ts';
import { openSlipway } from './open-slipway.ts';

const SIZES = [
  [80, 24],
  [120, 40],
  [200, 60],
  [240, 70],
] as const;
const TITLES = ['1 Containers', '2 Images', '3 Volumes', '4 Networks', 'Logs', 'Stats', 'Layers'];

describe('at any size', () => {
  it.each(SIZES)('%i×%i is filled to the last row, nothing runs over the edge', async (columns, rows) => {
    await using engine = await startFakeEngine({ containers: 30 });
    await using slipway = await openSlipway(engine.host, { columns, rows });
    await slipway.until('container-0 says hello');
    expectWhole(slipway, columns, rows);
    expect(slipway.screen()).toMatch(/▸ *● +container-0/);
  });

  it('is drawn right after each of many resizes, and never by clearing the screen', async () => {
    await using engine = await startFakeEngine({ containers: 30 });
    await using slipway = await openSlipway(engine.host, { columns: 120, rows: 40 });
    for (const [columns, rows] of [...SIZES, ...SIZES.toReversed(), [81, 25], [239, 69]] as const) {
      slipway.resize(columns, rows);
      await slipway.until(() => isWhole(slipway, columns, rows));
      expectWhole(slipway, columns, rows);
    }
    expect(slipway.raw()).not.toMatch(/\x1b\[[23]J/);
  });

  it('below 80×24 it says so, and draws again in a larger window', async () => {
    await using engine = await startFakeEngine();
    await using slipway = await openSlipway(engine.host, { columns: 80, rows: 24 });
    slipway.resize(79, 24);
    expect(await slipway.until(/80×24/)).not.toContain('Containers');
    slipway.resize(20, 3);
    await slipway.until('Slipway needs');
    slipway.resize(80, 24);
    await slipway.until(() => isWhole(slipway, 80, 24));
    slipway.resize(80, 23);
    await slipway.until(/80×24/);
    slipway.press('q');
    expect(await slipway.exited).toEqual({ code: 0, signal: 0 });
  });
});

it('is drawn where CI is set, too: a terminal is a terminal', async () => {
  await using engine = await startFakeEngine({ containers: 2 });
  await using slipway = await openSlipway(engine.host, { env: { CI: 'true' }, columns: 100, rows: 30 });
  await slipway.until('container-0 says hello');
  expect(slipway.isAlternate()).toBe(true);
});

describe('without colours', () => {
  it('NO_COLOR leaves bold, dim, underline and inverse, and no colour at all', async () => {
    await using engine = await startFakeEngine();
    await using slipway = await openSlipway(engine.host, { env: { NO_COLOR: '1' } });
    slipway.press('u');
    await slipway.until(/CPU \d/);
    slipway.press('i');
    await slipway.until('container-0');
    slipway.press('1', 'x');
    await slipway.until('Remove container-0?');
    slipway.press('esc');
    await slipway.untilGone('Remove container-0?');
    slipway.press(':');
    await slipway.until('All commands');
    const attributes = [...slipway.raw().matchAll(/\x1b\[([\d;]*)m/g)].flatMap(([, codes = '']) =>
      codes.split(';'),
    );
    const colours = attributes.filter((code) => /^(3[0-8]|4[0-8]|9\d|10\d)$/.test(code));
    expect(colours).toEqual([]);
  });

  it('for a screen reader there are plain lines without boxes or an alternate screen', async () => {
    await using engine = await startFakeEngine({ containers: 3 });
    await using slipway = await openSlipway(engine.host, { args: ['--screen-reader'], ready: 'container-0' });
    expect(slipway.raw()).not.toContain('\x1b[?1049h');
    expect(slipway.raw()).not.toMatch(/[\u2500-\u257f\u2800-\u28ff▸●○]/);
    slipway.press('s');
    await slipway.until(/docker stop container-0/);
    slipway.press('x');
    await slipway.until(/Remove container-0\?/);
    expect(slipway.raw()).not.toMatch(/[\u2500-\u257f\u2800-\u28ff]/);
  });
});

describe('mouse and keys', () => {
  it('a click chooses a row and its pane, the wheel scrolls', async () => {
    await using engine = await startFakeEngine({ containers: 60 });
    await using slipway = await openSlipway(engine.host);
    await slipway.until('container-0 says hello');
    slipway.click(4, rowOf(slipway, 'container-2'));
    await slipway.until('container-2 says hello');
    const images = slipway.find('2 Images');
    slipway.click(images.x, images.y + 2);
    await slipway.until('━ 2 Images');
    slipway.click(4, rowOf(slipway, 'container-2'));
    await slipway.until('━ 1 Containers');
    slipway.wheel(4, 5, 'down', 60);
    await slipway.until('container-59');
    slipway.wheel(4, 5, 'up', 60);
    await slipway.until(/container-0 /);
  });

  it('a list is filtered while typing; Esc gives it back', async () => {
    await using engine = await startFakeEngine({ containers: 20 });
    await using slipway = await openSlipway(engine.host);
    slipway.press('/');
    slipway.type('container-1');
    await slipway.untilGone('container-2 ');
    await slipway.until('container-19');
    slipway.press('esc');
    await slipway.until('container-2 ');
  });

  it('a list is sorted by the next column, and the other way round', async () => {
    await using engine = await startFakeEngine({ containers: 3, images: 3 });
    await using slipway = await openSlipway(engine.host);
    const before = order(slipway);
    slipway.press('O');
    await slipway.until(() => order(slipway).join() === before.toReversed().join());
    slipway.press('o');
    await slipway.until(/Sorted by /);
  });

  it('the palette finds a command by a few letters and does it', async () => {
    await using engine = await startFakeEngine({ containers: 2 });
    await using slipway = await openSlipway(engine.host);
    slipway.press(':');
    await slipway.until('All commands');
    slipway.type('inspe');
    await slipway.until(/▸.*Inspect/);
    slipway.press('enter');
    await slipway.until('[Inspect]');
  });

  it('help lists the keys of where one is', async () => {
    await using engine = await startFakeEngine();
    await using slipway = await openSlipway(engine.host);
    slipway.press('3', '?');
    expect(await slipway.until('━ Keys')).toMatch(/Volumes +\(here\)[^]*n +Create a volume/);
    slipway.press('esc');
    await slipway.untilGone('━ Keys');
  });

  it('a pane fills the screen and shrinks again', async () => {
    await using engine = await startFakeEngine({ containers: 2 });
    await using slipway = await openSlipway(engine.host);
    slipway.press('+');
    await slipway.untilGone('2 Images');
    slipway.press('+');
    await slipway.until('2 Images');
  });

  it('keys that arrive in one piece are taken one after the other', async () => {
    await using engine = await startFakeEngine({ containers: 20 });
    await using slipway = await openSlipway(engine.host);
    slipway.type('jjjjjjjkk');
    await slipway.until('container-5 says hello');
  });

  it('pasted text goes into the field as it is, and runs nothing', async () => {
    await using engine = await startFakeEngine({ containers: 1 });
    await using slipway = await openSlipway(engine.host);
    slipway.press('2', 'n');
    await slipway.until('Run a container');
    slipway.press('tab');
    slipway.paste('pasted\nq');
    const screen = await slipway.until('pasted');
    expect(screen).toContain('Run a container');
    expect(engine.count(/POST/)).toBe(0);
  });
});

it('what the screen shows can be kept as a picture', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sl-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await using engine = await startFakeEngine({ containers: 3 });
  await using slipway = await openSlipway(engine.host);
  await slipway.until('container-0 says hello');
  const file = join(folder, 'screen.svg');
  await writeFile(file, slipway.svg());
  const svg = await readFile(file, 'utf8');
  expect(svg).toMatch(/^<svg [^]*<\/svg>\s*$/);
  for (const text of ['Containers', 'container-1', 'image-0:1']) expect(svg).toContain(text);
});

/** The containers from top to bottom. */
function order(slipway: Terminal): string[] {
  return [...slipway.screen().matchAll(/[●○] +(container-\d+)/g)].map(([, name = '']) => name);
}

function rowOf(slipway: Terminal, container: string): number {
  return slipway
    .screen()
    .split('\n')
    .findIndex((line) => new RegExp(`[●○] +${container} `).test(line));
}

function isWhole(slipway: Terminal, columns: number, rows: number): boolean {
  const lines = slipway.screen().split('\n');
  const corner = lines[rows - 2]?.trimEnd();
  return (
    TITLES.every((title) => slipway.screen().includes(title)) &&
    corner?.length === columns &&
    /[╯┙]$/.test(corner) &&
    /palette|keys|stop/.test(lines[rows - 1] ?? '')
  );
}

function expectWhole(slipway: Terminal, columns: number, rows: number): void {
  if (!isWhole(slipway, columns, rows)) throw new Error(`not whole:\n${slipway.screen()}`);
  const lines = slipway.screen().split('\n');
  // Between the status line and the bottom line, every row ends with the border of the right pane.
  for (const line of lines.slice(1, -1)) expect(line.trimEnd()).toMatch(/[│╮╯┤┑┙┥]$/);
}
