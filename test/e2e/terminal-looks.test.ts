import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import { startFakeEngine } from '../support/fake-engine.ts';
import { launch, type Terminal } from '../support/terminal.ts';
import { isInstalled } from './is-installed.ts';
import { runContainer, wipe } from './on-engine.ts';
import { openPane, openPlainBash, type Pane } from './terminal-pane.ts';

const TEXT = Array.from(
  { length: 200 },
  (_, i) => `line ${i + 1}: wide 漢字, 🚀 and \u001b[1;3${i % 8}mcolour\u001b[0m`,
).join('\n');
const FILES = {
  text: `${TEXT}\n`,
  'code.c': '#include <stdio.h>\nint main(void) { return 42; /* answer */ }\n',
};

/** The same keys for the pane and for the plain terminal; both are waited for, and compared, after each. */
type Step = readonly [keys: string, shows: string | RegExp];

/** Another prompt on an empty screen, so that it cannot be taken for the one before. */
const AT_HOME: Step = [`cd; PS1='home> '; clear\n`, /^home> ?\n*$/];

const PROGRAMS: Readonly<Record<string, readonly Step[]>> = {
  vi: [
    ['vi -n -u NONE -N -c "syntax on" -c "set number hlsearch" code.c\n', 'stdio.h'],
    ['/return\n', /^ +2 int main/m],
    ['onew line 漢字', 'new line 漢字'],
  ],
  less: [
    ['less -R text\n', 'line 1:'],
    [' ', /line 2\d:/],
    ['/line 1.5\n', 'line 105:'],
    ['G', 'line 200:'],
  ],
  nano: [
    ['nano -I code.c\n', 'stdio.h'],
    ['hello', 'hello#include'],
  ],
};

describe('a program in the terminal pane has the cells that it has in a plain terminal:', () => {
  for (const [program, steps] of Object.entries(PROGRAMS)) {
    it.skipIf(!isInstalled(program))(program, async () => {
      await using engine = await startFakeEngine();
      await using pane = await openPane(engine.host, { files: FILES });
      await using plain = await openPlainBash(pane);
      await both(pane, plain, AT_HOME);
      for (const step of steps) await both(pane, plain, step);
    });
  }

  it('top, replayed as it was recorded', async () => {
    await using engine = await startFakeEngine();
    await using pane = await openPane(engine.host);
    const { width, height } = pane.rect();
    await using recorded = await launch({ command: ['top', '-d', '0.3'], columns: width, rows: height });
    await recorded.until('PID');
    recorded.press('z');
    await recorded.until(/load average/);
    recorded.press('x');
    await untilNews(recorded);
    await replay(pane, recorded.raw());
  });

  it('top, live: it is of the size of the pane and leads back to the prompt', async () => {
    await using engine = await startFakeEngine();
    await using pane = await openPane(engine.host);
    pane.type('top -d 0.3');
    await pane.until(/^top - [^]*\n +PID USER/);
    const { x, width, height } = pane.rect();
    const header = pane.find('PID USER');
    expect(header.x).toBeLessThan(x + 8);
    for (let column = x; column < x + width; column++)
      expect(pane.slipway.cell(column, header.y)).toMatchObject({ inverse: true });
    expect(pane.lines()[height - 1]).not.toBe('');
    pane.slipway.press('q');
    await pane.until(/\nme>/);
  });

  it('16, 256 and all colours, and every attribute', async () => {
    await using engine = await startFakeEngine();
    await using pane = await openPane(engine.host);
    await replay(pane, COLOURS);
  });

  it('wide characters, emoji, combining marks and box drawing', async () => {
    await using engine = await startFakeEngine();
    await using pane = await openPane(engine.host);
    await replay(pane, WIDE);
  });

  it('text beside emoji of which terminals do not agree how wide they are', async () => {
    await using engine = await startFakeEngine();
    await using pane = await openPane(engine.host);
    await using plain = await openPlainBash(pane);
    const line = '👍🏽|👩‍💻|❤️|🇩🇪|✔️|1️⃣|e\u0301\u0302|end';
    for (const terminal of [pane.slipway, plain]) terminal.type(`clear; printf '%s' '${line}'; read -rs\n`);
    await Promise.all([pane.until(/^👍.*end/), plain.until(/^👍.*end/)]);
    const { x: left, y: top } = pane.rect();
    for (let x = 0; x < 40; x++) {
      const { text } = plain.cell(x, 0);
      if (/^[|a-z]$/.test(text)) expect([x, pane.slipway.cell(left + x, top).text]).toEqual([x, text]);
    }
  });

  it('progress bars that draw over themselves, on one line and on several', async () => {
    await using engine = await startFakeEngine();
    await using pane = await openPane(engine.host);
    await replay(pane, BARS);
  });
});

describe.skipIf(!hasEngine('docker') || !isInstalled('docker'))(
  'clients in the terminal pane look as in a plain terminal:',
  () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine('docker');
    });
    afterEach(() => wipe(engine));
    afterAll(() => engine.discard());

    it('docker run -it with a shell', async () => {
      await using pane = await openPane(engine.host);
      await using plain = await openPlainBash(pane, { env: { DOCKER_HOST: engine.host } });
      await both(pane, plain, AT_HOME);
      await both(pane, plain, [`docker run -it --rm ${BASE_IMAGE} sh\n`, /^# *$/m]);
      await both(pane, plain, ['echo one; printf "\\033[1;32mtwo\\033[0m\\n"; tty\n', /^\/dev\/pts/m]);
      await both(pane, plain, ['\u0003', /^# \^C\n+# ?$/m]);
      await both(pane, plain, ['exit 4\n', new RegExp(`exit 4\n+home>`)]);
    });

    it('docker stats, live: it draws anew in place, and Ctrl-C leads back', async () => {
      await runContainer(engine, 'web');
      await using pane = await openPane(engine.host);
      pane.type('docker stats');
      await pane.until(/^CONTAINER ID +NAME[^]*\n[0-9a-f]{12} +web +[\d.]+%/);
      const before = pane.slipway.raw().length;
      await pane.slipway.until(() => pane.slipway.raw().length > before + 100);
      // It may be between clearing the screen and writing on it.
      await pane.until(/^CONTAINER ID +NAME[^]*\n[0-9a-f]{12} +web +[\d.]+%/);
      expect(pane.text().match(/CONTAINER ID/g)).toHaveLength(1);
      expect(pane.text().match(/ web /g)).toHaveLength(1);
      pane.slipway.press('ctrl-c');
      await pane.until(/\nme>/);
    });

    it('docker stats, replayed as it was recorded', async () => {
      await runContainer(engine, 'web');
      await runContainer(engine, 'db');
      await using pane = await openPane(engine.host);
      const { width, height } = pane.rect();
      const env = { DOCKER_HOST: engine.host };
      await using recorded = await launch({
        command: ['docker', 'stats'],
        columns: width,
        rows: height,
        env,
      });
      await recorded.until(/web[^]*db|db[^]*web/);
      await untilNews(recorded);
      await replay(pane, recorded.raw());
    });

    it('a classic build, replayed as it was recorded', async () => {
      const files = { 'build/Dockerfile': `FROM ${BASE_IMAGE}\nRUN echo built; echo wrong >&2\nLABEL a=b\n` };
      await using pane = await openPane(engine.host, { files });
      const { width, height } = pane.rect();
      await using recorded = await launch({
        command: ['docker', 'build', join(pane.slipway.home, 'build')],
        columns: width,
        rows: height,
        env: { DOCKER_HOST: engine.host, DOCKER_BUILDKIT: '0' },
      });
      expect(await recorded.exited).toMatchObject({ code: 0 });
      expect(recorded.raw()).toContain('\u001b[91mwrong');
      await replay(pane, recorded.raw());
    });
  },
);

async function both(pane: Pane, plain: Terminal, [keys, shows]: Step): Promise<void> {
  for (const terminal of [pane.slipway, plain]) terminal.type(keys);
  await Promise.all([pane.until(shows), plain.until(shows)]);
  await pane.looksLike(plain);
}

/** Has the same bytes printed in the pane and in a plain terminal of its size. */
async function replay(pane: Pane, bytes: string): Promise<void> {
  await using plain = await openPlainBash(pane);
  await writeFile(join(pane.slipway.home, 'bytes'), bytes);
  await both(pane, plain, [
    `cd; clear; cat bytes; printf '\\033[m\\033[r\\033[Hthe end'; read -rs\n`,
    /^the end/,
  ]);
}

/** Until it has drawn once more. */
async function untilNews(terminal: Terminal): Promise<void> {
  const before = terminal.raw().length;
  await terminal.until(() => terminal.raw().length > before + 500);
}

const COLOURS = [
  ...Array.from({ length: 8 }, (_, i) => `\u001b[3${i};4${7 - i}mA\u001b[9${i};10${7 - i}mB`),
  ...Array.from({ length: 256 }, (_, i) => `\u001b[38;5;${i};48;5;${255 - i}mC`),
  ...Array.from({ length: 64 }, (_, i) => `\u001b[38;2;${i * 4};${255 - i};${i}m\u001b[48;2;1;2;${i}mD`),
  ...[1, 2, 3, 4, 7, 8, 9, '1;2;3;4;7;9', '1;31;7', '4:3'].map((look) => `\u001b[0;${look}m text `),
  '\u001b[0m\r\n\u001b[44m\u001b[2K ground\u001b[0m\r\n\u001b[7m\u001b[K inverse\u001b[0m\r\n',
].join('');

const WIDE = [
  '┌──────┬──────┐',
  '│漢字  │🚀 go │',
  '│ｶﾞｷﾞ  │한국어│',
  '│éüñx│①②→★▶│',
  '└──────┴──────┘',
  '▁▂▃▄▅▆▇█ ⣀⣤⣶⣿ ░▒▓',
  'цирилица ελληνικά ไทย',
  '漢'.repeat(61),
].join('\r\n');

const BARS = [
  'pulling\r\n',
  ...[1, 20, 60, 100].map((n) => `\r\u001b[K\u001b[32m${n}%\u001b[0m [${'#'.repeat(n / 5)}>]`),
  '\r\na:\r\nb:\r\nc:\r\n',
  ...[1, 2, 3].map((n) => `\u001b[3A\r\u001b[2Ka: ${n}\u001b[3B\r\u001b[1A\u001b[2Kc: ${n}\u001b[1B\r`),
  'done\r\n',
].join('');
