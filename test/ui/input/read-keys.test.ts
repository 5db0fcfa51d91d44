import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createKeyReader, type Input } from '../../../src/ui/input/read-keys.ts';
import { keyBytes } from '../../support/keys.ts';
import { dice } from '../../support/odd-text.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What comes out of these chunks, each `pause` milliseconds after the one before, and in the long silence after them. */
function read(chunks: readonly string[], pause = 0): Input[] {
  const inputs: Input[] = [];
  const reader = createKeyReader((input) => inputs.push(input));
  for (const chunk of chunks) {
    reader.feed(chunk);
    vi.advanceTimersByTime(pause);
  }
  vi.advanceTimersByTime(60_000);
  return inputs;
}
const keys = (...chunks: string[]): string[] =>
  read(chunks).map((input) => (input.type === 'key' ? input.key : JSON.stringify(input)));

describe('a key', () => {
  test.each([
    ...[
      'enter',
      'esc',
      'tab',
      'shift-tab',
      'space',
      'backspace',
      'insert',
      'delete',
      'up',
      'down',
      'left',
      'right',
      'home',
      'end',
    ].map((k) => [k, k] as const),
    ...Array.from({ length: 12 }, (_, i) => [`f${i + 1}`, `f${i + 1}`] as const),
    ['pageup', 'pgup'],
    ['pagedown', 'pgdn'],
    ['a', 'a'],
    ['Z', 'Z'],
    ['/', '/'],
    ['é', 'é'],
    ['日', '日'],
    ['👍', '👍'],
    ['ctrl-a', 'ctrl-a'],
    ['ctrl-c', 'ctrl-c'],
    ['ctrl-z', 'ctrl-z'],
    ['alt-b', 'alt-b'],
  ] as const)('%s is read as xterm sends it', (sent, key) => {
    expect(keys(keyBytes(sent))).toEqual([key]);
  });
  test.each(['up', 'down', 'left', 'right', 'home', 'end'])('%s is read in application mode too', (name) => {
    expect(keys(keyBytes(name, true))).toEqual([name]);
  });
  test.each([
    ['\x1b[1;5A', 'ctrl-up'],
    ['\x1b[1;2C', 'shift-right'],
    ['\x1b[1;3D', 'alt-left'],
    ['\x1b[3;5~', 'ctrl-delete'],
    ['\x1b[1;6H', 'ctrl-shift-home'],
    ['\x1b[7~', 'home'],
    ['\x1b[8~', 'end'],
    ['\x1b[11~', 'f1'],
    ['\x1b[15;2~', 'shift-f5'],
    ['\x1b[97;5u', 'ctrl-a'],
    ['\x1b[27u', 'esc'],
    ['\x1b[13u', 'enter'],
    ['\x1b[9;5u', 'ctrl-tab'],
    ['\x1b[32;5u', 'ctrl-space'],
    ['\x1b[1;2Z', 'shift-tab'],
    ['\r', 'enter'],
    ['\n', 'enter'],
    ['\b', 'backspace'],
    ['\0', 'ctrl-space'],
    ['\x1b\r', 'alt-enter'],
    ['\x1b\x7f', 'alt-backspace'],
  ])('%j is %s', (bytes, key) => {
    expect(keys(bytes)).toEqual([key]);
  });
  test('comes after the one before it, however many arrive at once', () => {
    expect(keys('jj\x1b[Bsx\x1b[A\r')).toEqual(['j', 'j', 'down', 's', 'x', 'up', 'enter']);
  });
  test('esc waits for what may follow, and not for long', () => {
    expect(keys('\x1b', '[A')).toEqual(['up']);
    expect(read(['\x1b', 'j'], 100)).toEqual([
      { type: 'key', key: 'esc', raw: '\x1b' },
      { type: 'key', key: 'j', raw: 'j' },
    ]);
    expect(keys('\x1b\x1b')).toEqual(['esc', 'esc']);
    expect(keys('\x1b\x1b[A').at(-1)).toBe('up');
  });
});

describe('the mouse', () => {
  test.each([
    ['\x1b[<0;10;5M', { action: 'press', button: 'left', x: 9, y: 4 }],
    ['\x1b[<0;10;5m', { action: 'release', button: 'left', x: 9, y: 4 }],
    ['\x1b[<32;10;5M', { action: 'drag', button: 'left', x: 9, y: 4 }],
    ['\x1b[<6;3;4M', { action: 'press', button: 'right', x: 2, y: 3, shift: true }],
    ['\x1b[<25;3;4M', { action: 'press', button: 'middle', x: 2, y: 3, alt: true, ctrl: true }],
    ['\x1b[<64;1;1M', { action: 'wheel-up', x: 0, y: 0 }],
    ['\x1b[<65;200;60M', { action: 'wheel-down', x: 199, y: 59 }],
  ])('%j is %j', (bytes, mouse) => {
    expect(read([bytes])).toMatchObject([{ type: 'mouse', mouse }]);
  });
  test.each(['\x1b[<35;1;1M', '\x1b[<66;1;1M', '\x1b[<999;1;1M'])('%j is of no use', (bytes) => {
    expect(read([bytes])).toEqual([]);
  });
});

describe('the focus', () => {
  test('of the window is told of', () => {
    expect(read(['\x1b[I\x1b[O'])).toEqual([
      { type: 'focus', on: true },
      { type: 'focus', on: false },
    ]);
  });
});

describe('a paste', () => {
  test('is one, whatever is in it', () => {
    expect(read(['\x1b[200~docker ps\n\x1b[A\x03q\x1b[201~x'])).toEqual([
      { type: 'paste', text: 'docker ps\n\x1b[A\x03q' },
      { type: 'key', key: 'x', raw: 'x' },
    ]);
  });
  test('may come in any pieces, slowly too', () => {
    const whole = `\x1b[200~${'line of a long text\n'.repeat(50)}\x1b[201~`;
    expect(read(whole.match(/[\s\S]{1,17}/g)!, 20)).toEqual([
      { type: 'paste', text: 'line of a long text\n'.repeat(50) },
    ]);
  });
  test('whose end is lost does not swallow the keys for ever', () => {
    const inputs: Input[] = [];
    const reader = createKeyReader((input) => inputs.push(input));
    reader.feed('\x1b[200~half');
    vi.advanceTimersByTime(5_000);
    reader.feed('q');
    vi.advanceTimersByTime(5_000);
    expect(inputs).toEqual([
      { type: 'paste', text: 'half' },
      { type: 'key', key: 'q', raw: 'q' },
    ]);
  });
});

describe('what is no key', () => {
  test.each([
    ['\x1b[?62;22c', 'device attributes'],
    ['\x1b[24;80R', 'a report of the cursor'],
    ['\x1b[?1u', 'keyboard flags'],
    ['\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\', 'a colour with ST'],
    ['\x1b]11;rgb:1e1e/1e1e/1e1e\x07', 'a colour with BEL'],
    ['\x1bP>|xterm(390)\x1b\\', 'a version'],
    ['\x1b_Gi=1;OK\x1b\\', 'an answer about graphics'],
  ])('%j, %s, never leaks as text', (bytes) => {
    const inputs = read([bytes, 'j']).filter((input) => input.type === 'key' && !/f\d+$/.test(input.key));
    expect(inputs).toEqual([{ type: 'key', key: 'j', raw: 'j' }]);
  });
  test('a sequence nobody knows is a key without a name, for a shell that may know it', () => {
    expect(read(['\x1b[99~'])).toEqual([{ type: 'key', key: 'unknown', raw: '\x1b[99~' }]);
  });
  test('a sequence that breaks off is dropped, not typed', () => {
    for (const bytes of ['\x1b[<0;10', '\x1b[1;', '\x1b]11;rgb:1e', '\x1b[<0;1\x01'])
      expect(
        keys(bytes).filter((key) => key.length === 1),
        bytes,
      ).toEqual([]);
  });
  test('a mouse report that is torn apart on a slow line is still one', () => {
    expect(read(['\x1b[<0;1', '0;5M', 'j'], 150)).toMatchObject([
      { type: 'mouse', mouse: { action: 'press', x: 9, y: 4 } },
      { type: 'key', key: 'j' },
    ]);
  });
});

describe('any bytes', () => {
  const PIECES = [
    'j',
    'é',
    '👍',
    '\r',
    '\x1b[A',
    '\x1bOB',
    '\x1b[1;5C',
    '\x1b[<0;3;4M',
    '\x1b[<65;9;9M',
    '\x1b[97;5u',
    '\x1b[I',
    '\x1b[200~a\nb\x1b[201~',
    '\x1b]0;t\x07',
    '\x1b[15~',
    '\x03',
    ' ',
  ];
  test('mean the same wherever they are split', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const throws = dice(seed);
      const whole = Array.from({ length: 8 }, () => throws.pick(PIECES)).join('');
      const characters = Array.from(whole);
      const cuts = Array.from({ length: 4 }, () => throws.below(characters.length)).toSorted((a, b) => a - b);
      const chunks = [0, ...cuts].map((from, i) =>
        characters.slice(from, cuts[i] ?? characters.length).join(''),
      );
      expect(read(chunks), `seed ${seed}: ${JSON.stringify(chunks)}`).toEqual(read([whole]));
    }
  });
  test('never stop the keys that come later', () => {
    const junk = [
      '\x1b',
      '[',
      ']',
      'P',
      '<',
      '0',
      ';',
      '~',
      'M',
      '\x1b[200~',
      '\x1b\\',
      '\x07',
      '\x9b',
      '\x00',
      '?',
    ];
    for (let seed = 0; seed < 300; seed += 1) {
      const throws = dice(seed);
      const inputs = read([Array.from({ length: 10 }, () => throws.pick(junk)).join('')]);
      const later: Input[] = [];
      const reader = createKeyReader((input) => later.push(input));
      reader.feed(Array.from({ length: 10 }, () => throws.pick(junk)).join(''));
      vi.advanceTimersByTime(60_000);
      later.length = 0;
      reader.feed('j');
      expect(later, `seed ${seed}, after ${inputs.length}`).toEqual([{ type: 'key', key: 'j', raw: 'j' }]);
    }
  });
});

test('what was begun is forgotten at the end', () => {
  const inputs: Input[] = [];
  const reader = createKeyReader((input) => inputs.push(input));
  reader.feed('\x1b');
  reader.close();
  vi.advanceTimersByTime(5_000);
  expect(inputs).toEqual([]);
});
