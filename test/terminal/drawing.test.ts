import unicode11 from '@xterm/addon-unicode11';
import type { IUnicodeVersionProvider } from '@xterm/headless';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { DEFAULT_COLOR, RGB, toDepth } from '../../src/terminal/color-depth.ts';
import { isPlain } from '../../src/terminal/fit-cells.ts';
import { openByHand, textOf } from './hand-channel.ts';

async function firstRow(output: string, columns = 12): Promise<string> {
  using run = openByHand({ columns, rows: 1 });
  await run.feed(output);
  expect(stringWidth(run.terminal.screen().rows[0]!)).toBe(columns);
  return textOf(run.terminal)[0]!;
}

describe('every row is as wide as Ink believes', () => {
  test.each([
    ['a letter with a mark', 'e\u0301|', 'e\u0301|'],
    ['wide characters', '漢🚀|', '漢🚀|'],
    ['an emoji made of a sign and a selector', '❤\ufe0f|', '❤|'],
    ['a keycap', '1\ufe0f\u20e3|', '1|'],
    ['joined emoji', '👩\u200d💻|', '👩💻|'],
    ['a coloured hand', '👍🏽|', '👍  |'],
    ['a flag', '🇩🇪|', '🇩🇪|'],
    ['half a flag in another colour', '🇩\x1b[31m🇪|', '🇩 |'],
    ['a vowel sign that takes a place', 'नि|', 'नि|'],
    ['marks that turn the direction of writing', 'a\u202eb\u2066|', 'ab|'],
    ['blanks that are no blanks', 'a\u3164b\u00adc|', 'a  b c|'],
    ['a mark without a letter', '\u0301|', ' |'],
    ['what is not assigned', '\u{1fffe}|', ' |'],
  ])('%s', async (_, output, drawn) => {
    expect(await firstRow(output)).toBe(drawn);
  });

  test('a letter with hundreds of marks', async () => {
    expect((await firstRow(`e${'\u0301'.repeat(500)}`, 40)).length).toBeLessThan(40 * 33);
  });

  test('random characters from everywhere, next to each other and in all sizes', async () => {
    const random = mulberry(20261120);
    const ranges = [
      [0x20, 0x7f],
      [0x80, 0x3000],
      [0x300, 0x370],
      [0x900, 0xe80],
      [0x1100, 0x1200],
      [0x2000, 0x2100],
      [0xa000, 0xfffd],
      [0x1f000, 0x1fb00],
      [0xe0000, 0xe01f0],
    ] as const;
    using run = openByHand({ columns: 64, rows: 20 });
    for (let round = 0; round < 60; round += 1) {
      let output = '';
      for (let i = 0; i < 1500; i += 1) {
        const [from, to] = ranges[Math.floor(random() * ranges.length)]!;
        const code = Math.floor(from + random() * (to - from));
        output += code >= 0xd800 && code < 0xe000 ? '\u200d' : String.fromCodePoint(code);
        if (random() < 0.05) output += `\x1b[3${Math.floor(random() * 8)}m`;
      }
      run.terminal.resize(2 + Math.floor(random() * 100), 10);
      await run.feed(output);
      const { rows, columns } = run.terminal.screen();
      for (const row of rows) {
        expect(stringWidth(row), JSON.stringify(row)).toBe(columns);
        expect(row.replaceAll(/\x1b\[[\d;]*m/g, '')).not.toMatch(/[\p{Control}\p{Format}\p{Zl}\p{Zp}]/u);
      }
    }
  });

  test('what is taken for plain is so for both', () => {
    const providers: IUnicodeVersionProvider[] = [];
    const register = (provider: IUnicodeVersionProvider) => providers.push(provider);
    new unicode11.Unicode11Addon().activate({ unicode: { register } });
    const segmenter = new Intl.Segmenter();
    for (let code = 0; code < 0x1_0000; code += 1) {
      const text = String.fromCharCode(code);
      const width = isPlain(text, 1) ? 1 : isPlain(text, 2) ? 2 : 0;
      if (width === 0) continue;
      const widths = [providers[0]!.wcwidth(code), stringWidth(text)];
      const clusters = Array.from(segmenter.segment(`a${text}漢${text}`)).length;
      expect({ code, widths, clusters }).toEqual({ code, widths: [width, width], clusters: 4 });
    }
  });
});

describe('colours that the outer terminal does not have', () => {
  const row = async (colors: 'none' | 'basic' | 'many' | 'true', output: string) => {
    using run = openByHand({ columns: 4, rows: 1, colors });
    await run.feed(output);
    return run.terminal.screen().rows[0];
  };
  const OUTPUT = '\x1b[1;38;2;255;100;0;48;5;236mab';

  test('become the nearest of 256, of 16, or none; bold and the like stay', async () => {
    expect(await row('true', OUTPUT)).toBe('\x1b[1;38;2;255;100;0;48;5;236mab\x1b[0m  ');
    expect(await row('many', OUTPUT)).toBe('\x1b[1;38;5;202;48;5;236mab\x1b[0m  ');
    expect(await row('basic', OUTPUT)).toBe('\x1b[1;91;40mab\x1b[0m  ');
    expect(await row('none', OUTPUT)).toBe('\x1b[1mab\x1b[0m  ');
  });

  test('stay what they are where it has them', () => {
    for (let color = DEFAULT_COLOR; color < 16; color += 1) expect(toDepth(color, 'basic')).toBe(color);
    for (let color = DEFAULT_COLOR; color < 256; color += 1) expect(toDepth(color, 'many')).toBe(color);
    expect(toDepth(RGB + 0x12_34_56, 'true')).toBe(RGB + 0x12_34_56);
  });

  test.each([
    [0x00_00_00, 16, 0],
    [0xff_ff_ff, 231, 15],
    [0xff_00_00, 196, 9],
    [0x80_80_80, 244, 8],
    [0x00_5f_87, 24, 12],
  ])('%i is %i of 256 and %i of 16', (rgb, of256, of16) => {
    expect(toDepth(RGB + rgb, 'many')).toBe(of256);
    expect(toDepth(RGB + rgb, 'basic')).toBe(of16);
  });
});

/** A small generator of random numbers that gives the same ones again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
