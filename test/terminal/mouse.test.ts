import { expect, test } from 'vitest';
import type { TerminalMouse } from '../../src/terminal/open-terminal.ts';
import { until } from '../support/until.ts';
import { openByHand } from './hand-channel.ts';

const MOUSE: TerminalMouse = {
  action: 'press',
  button: 'left',
  x: 4,
  y: 2,
  shift: false,
  alt: false,
  ctrl: false,
};
const on = (...modes: number[]) => `\x1b[?${modes.join(';')}h`;

async function reports(modes: string, events: Partial<TerminalMouse>[], columns = 300) {
  using run = openByHand({ columns, rows: 200 });
  await run.feed(modes);
  const taken = events.map((event) => run.terminal.mouse({ ...MOUSE, ...event }));
  run.terminal.write('.');
  await until(() => run.channel.written.join('').endsWith('.'));
  return { taken, written: run.channel.written.join('').slice(0, -1), mouse: run.terminal.screen().mouse };
}

const ALL: Partial<TerminalMouse>[] = [
  { action: 'press' },
  { action: 'drag', x: 5 },
  { action: 'release', x: 5 },
  { action: 'move', x: 6 },
  { action: 'wheel-up' },
];

test('nobody is told where the mouse was not asked for', async () => {
  expect(await reports('', ALL.slice(0, 4))).toEqual({
    taken: [false, false, false, false],
    written: '',
    mouse: false,
  });
});

test.each([
  ['presses only (9)', on(9, 1006), [true, false, false, false, true], '\x1b[<0;5;3M'],
  [
    'buttons (1000)',
    on(1000, 1006),
    [true, false, true, false, true],
    '\x1b[<0;5;3M\x1b[<0;6;3m\x1b[<64;5;3M',
  ],
  [
    'drags (1002)',
    on(1002, 1006),
    [true, true, true, false, true],
    '\x1b[<0;5;3M\x1b[<32;6;3M\x1b[<0;6;3m\x1b[<64;5;3M',
  ],
  [
    'all motion (1003)',
    on(1003, 1006),
    [true, true, true, true, true],
    '\x1b[<0;5;3M\x1b[<32;6;3M\x1b[<0;6;3m\x1b[<35;7;3M\x1b[<64;5;3M',
  ],
])('a program that asks for %s is told of those', async (_, modes, taken, written) => {
  expect(await reports(modes, ALL)).toEqual({ taken, written, mouse: true });
});

test('buttons and modifiers are told in each encoding', async () => {
  const events: Partial<TerminalMouse>[] = [
    { button: 'middle', shift: true },
    { button: 'right', alt: true, ctrl: true },
    { action: 'release', button: 'right', ctrl: true },
    { action: 'wheel-down' },
  ];
  const sgr = await reports(on(1000, 1006), events);
  expect(sgr.written).toBe('\x1b[<5;5;3M\x1b[<26;5;3M\x1b[<18;5;3m\x1b[<65;5;3M');
  const urxvt = await reports(on(1000, 1015), events);
  expect(urxvt.written).toBe('\x1b[37;5;3M\x1b[58;5;3M\x1b[51;5;3M\x1b[97;5;3M');
  const bytes = await reports(on(1000), events);
  expect(bytes.written).toBe('\x1b[M%%#\x1b[M:%#\x1b[M3%#\x1b[Ma%#');
  const utf8 = await reports(on(1000, 1005), events);
  expect(utf8.written).toBe(bytes.written);
});

test('X10 tells no modifiers', async () => {
  expect((await reports(on(9), [{ shift: true, alt: true, ctrl: true }])).written).toBe('\x1b[M %#');
});

test('places that an encoding has no room for are not told, and nobody else gets them', async () => {
  const far: Partial<TerminalMouse>[] = [{ x: 94 }, { x: 95 }, { x: 250, y: 120 }];
  const bytes = await reports(on(1000), far);
  expect(bytes).toEqual({ taken: [true, true, true], written: '\x1b[M \x7f#', mouse: true });
  const utf8 = await reports(on(1000, 1005), far);
  expect(utf8.written).toBe('\x1b[M \x7f#\x1b[M \x80#\x1b[M \u011b\x99');
  const sgr = await reports(on(1000, 1006), [{ x: 250, y: 120 }]);
  expect(sgr.written).toBe('\x1b[<0;251;121M');
});

test('places outside of the terminal are told at its edge', async () => {
  const { written } = await reports(on(1002, 1006), [{ action: 'drag', x: -3, y: 900 }], 80);
  expect(written).toBe('\x1b[<32;1;200M');
});

test('the encoding that was set last holds, and a reset takes it back', async () => {
  expect((await reports(on(1000, 1006, 1015), [{}])).written).toBe('\x1b[32;5;3M');
  expect((await reports(`${on(1000, 1015, 1006)}\x1b[?1015l`, [{}])).written).toBe('\x1b[<0;5;3M');
  expect((await reports(`${on(1000, 1006)}\x1b[?1006l`, [{}])).written).toBe('\x1b[M %#');
  expect(await reports(`${on(1000, 1006)}\x1bc`, [{}])).toMatchObject({ written: '', mouse: false });
});

test('in the alternate screen the wheel is cursor keys, as the program wants them', async () => {
  const wheel: Partial<TerminalMouse>[] = [{ action: 'wheel-up' }, { action: 'wheel-down' }];
  const keys = await reports(on(1049), wheel);
  expect(keys).toMatchObject({ taken: [true, true], written: '\x1b[A\x1b[A\x1b[A\x1b[B\x1b[B\x1b[B' });
  expect((await reports(on(1049, 1), wheel)).written).toBe('\x1bOA\x1bOA\x1bOA\x1bOB\x1bOB\x1bOB');
  expect((await reports(`${on(1049)}\x1b[?1007l`, wheel)).written).toBe('');
});
