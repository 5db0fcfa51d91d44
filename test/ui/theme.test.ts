import { describe, expect, test } from 'vitest';
import { colorDepth, createPaint, type Style } from '../../src/ui/theme.ts';

const STYLES: readonly Style[] = [
  'plain',
  'quiet',
  'good',
  'warning',
  'bad',
  'accent',
  'title',
  'border',
  'border-focused',
  'selected',
  'key',
  'match',
  'bold',
];
const codes = (text: string): string[] => [...text.matchAll(/\x1b\[([\d;]*)m/g)].map((m) => m[1]!);

describe('how many colours are used', () => {
  test.each([
    [{ TERM: 'xterm-256color' }, 'many'],
    [{ TERM: 'xterm', COLORTERM: 'truecolor' }, 'many'],
    [{ TERM: 'xterm-kitty' }, 'many'],
    [{ TERM: 'linux' }, 'basic'],
    [{}, 'basic'],
    [{ TERM: 'dumb' }, 'none'],
    [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 'none'],
    [{ TERM: 'xterm-256color', NO_COLOR: '' }, 'many'],
  ])('with %j: %s', (env, depth) => {
    expect(colorDepth(env)).toBe(depth);
  });
});

describe('a painted text', () => {
  test('has no colour code under NO_COLOR, only bold, dim, underline and inverse', () => {
    const paint = createPaint('none');
    const used = STYLES.flatMap((style) => codes(paint(style, 'x')));
    expect(used.filter((code) => !['0', '1', '2', '4', '7'].includes(code))).toEqual([]);
  });
  test('keeps its text and ends with a reset, in every depth', () => {
    for (const depth of ['none', 'basic', 'many'] as const) {
      for (const style of STYLES) {
        const painted = createPaint(depth)(style, 'text');
        expect(painted.replace(/\x1b\[[\d;]*m/g, '')).toBe('text');
        if (painted !== 'text') expect(painted.endsWith('\x1b[0m')).toBe(true);
      }
    }
  });
  test('of nothing is nothing', () => {
    expect(createPaint('many')('bad', '')).toBe('');
  });
  test('tells good from bad without red and green', () => {
    const paint = createPaint('basic');
    const used = STYLES.flatMap((style) => codes(paint(style, 'x'))).flatMap((code) => code.split(';'));
    expect(used).not.toContain('32');
    expect(codes(paint('good', 'x'))).not.toEqual(codes(paint('bad', 'x')));
  });
});
