import { describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { openByHand } from './hand-channel.ts';

describe('a screen', () => {
  test('has exactly its rows and columns, and where the cursor is', async () => {
    using run = openByHand({ columns: 12, rows: 3 });
    await run.feed('ab\x1b[31mcd\x1b[0m\r\n\x1b[1;4;38;2;1;2;3mxy');
    expect(run.terminal.screen()).toEqual({
      columns: 12,
      rows: ['ab\x1b[31mcd\x1b[0m        ', '\x1b[1;4;38;2;1;2;3mxy\x1b[0m          ', ' '.repeat(12)],
      cursor: { x: 2, y: 1 },
      title: '',
      alternate: false,
      mouse: false,
      scrolledBack: 0,
      scrollback: 0,
      commands: [null, null, null],
    });
  });

  test('is told first as it is opened, and then only when something has changed', async () => {
    using run = openByHand();
    await until(() => run.screens.length === 1);
    await run.feed('text');
    await until(() => run.screens.length === 2);
    await run.feed('\x1b[1mx\x1b[D\x1b[0mx');
    await until(() => run.screens.length === 3);
    await run.feed('\x07\x1b[m\x1b[Dx');
    await run.feed('\x1b]0;last\x07');
    await until(() => run.screens.at(-1)?.title === 'last');
    expect(run.screens.length).toBe(4);
  });

  test('has no cursor while it is hidden, and again after a reset', async () => {
    using run = openByHand();
    await run.feed('\x1b[?25l');
    expect(run.terminal.screen().cursor).toBeNull();
    await run.feed('\x1b[?25h');
    expect(run.terminal.screen().cursor).toEqual({ x: 0, y: 0 });
    await run.feed('\x1b[?7;25l\x1b[!p');
    expect(run.terminal.screen().cursor).toEqual({ x: 0, y: 0 });
    await run.feed('\x1b[?25l\x1bc');
    expect(run.terminal.screen().cursor).toEqual({ x: 0, y: 0 });
  });

  test('has the cursor on the last column while a full line waits to be wrapped', async () => {
    using run = openByHand({ columns: 5 });
    await run.feed('abcde');
    expect(run.terminal.screen().cursor).toEqual({ x: 4, y: 0 });
  });

  test('has the title that was set, clean and of bounded length', async () => {
    using run = openByHand();
    await run.feed('\x1b]2;  vi: \u202ewörld\x01\u200b 漢 \x07');
    expect(run.terminal.screen().title).toBe('vi: wörld 漢');
    await run.feed(`\x1b]0;${'🚀'.repeat(5000)}\x07`);
    expect(run.terminal.screen().title).toBe('🚀'.repeat(200));
  });

  test('is kept back while the program draws a frame (mode 2026), and comes when that is complete', async () => {
    using run = openByHand();
    await until(() => run.screens.length === 1);
    await run.feed('\x1b[?2026hhalf');
    run.terminal.scroll(0);
    await run.feed(' and half');
    expect(run.screens.length).toBe(1);
    await run.feed('\x1b[?2026l');
    await until(() => run.screens.length === 2);
    expect(run.screens[1]!.rows[0]).toContain('half and half');
  });

  test('comes at last where a frame is never completed', async () => {
    using run = openByHand();
    await run.feed('\x1b[?2026hhalf a frame');
    await until(() => run.screens.at(-1)!.rows[0]!.includes('half a frame'));
  });

  test('follows a new size, which the program is told, too', async () => {
    using run = openByHand({ columns: 20, rows: 3 });
    await run.feed('a line of text\r\n');
    run.terminal.resize(8, 4);
    expect(run.lines()).toEqual(['a line o', 'f text', '', '']);
    run.terminal.resize(8, 4);
    expect(run.channel.sizes).toEqual([[8, 4]]);
    run.terminal.resize(0, 0);
    expect(run.terminal.screen()).toMatchObject({ columns: 2, rows: [expect.any(String)] });
  });
});

describe('what has left the screen', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`).join('\r\n');

  test('is kept up to a bound', async () => {
    using run = openByHand({ rows: 4, scrollback: 10 });
    await run.feed(lines(100));
    expect(run.terminal.screen()).toMatchObject({ scrollback: 10, scrolledBack: 0 });
    run.terminal.scroll(Infinity);
    expect(run.lines()).toEqual(['line 86', 'line 87', 'line 88', 'line 89']);
  });

  test('is 5,000 lines where nothing else is said', async () => {
    using run = openByHand();
    await run.feed(lines(6000));
    expect(run.terminal.screen().scrollback).toBe(5000);
  });

  test('can be scrolled to, and stays in view while more comes', async () => {
    using run = openByHand({ rows: 3 });
    await run.feed(lines(20));
    run.terminal.scroll(5);
    expect(run.lines()).toEqual(['line 12', 'line 13', 'line 14']);
    expect(run.terminal.screen()).toMatchObject({ scrolledBack: 5, cursor: null });
    await run.feed('\r\nmore\r\nand more');
    expect(run.lines()).toEqual(['line 12', 'line 13', 'line 14']);
    expect(run.terminal.screen().scrolledBack).toBe(7);
    run.terminal.scroll(-2);
    expect(run.lines()).toEqual(['line 14', 'line 15', 'line 16']);
    run.terminal.scroll(-Infinity);
    expect(run.lines()).toEqual(['line 19', 'more', 'and more']);
    await run.feed('\r\nlast');
    expect(run.lines()[2]).toBe('last');
  });

  test('is left for the newest line by any key', async () => {
    using run = openByHand({ rows: 3 });
    await run.feed(lines(20));
    run.terminal.scroll(5);
    run.terminal.write('x');
    expect(run.terminal.screen().scrolledBack).toBe(0);
  });

  test('is moved through by the wheel', async () => {
    using run = openByHand({ rows: 3 });
    await run.feed(lines(20));
    const wheel = { button: 'left', x: 0, y: 0, shift: false, alt: false, ctrl: false } as const;
    expect(run.terminal.mouse({ ...wheel, action: 'wheel-up' })).toBe(true);
    expect(run.terminal.screen().scrolledBack).toBe(3);
    run.terminal.mouse({ ...wheel, action: 'wheel-down' });
    expect(run.terminal.screen().scrolledBack).toBe(0);
    expect(run.channel.written).toEqual([]);
  });
});

describe('keys', () => {
  test('of one turn go out in one piece', async () => {
    using run = openByHand();
    run.terminal.write('a');
    run.terminal.write('b');
    run.terminal.write('\r');
    await until(() => run.channel.written.length > 0);
    expect(run.channel.written).toEqual(['ab\r']);
  });

  test('that move the cursor are SS3 for a program that has asked for that (DECCKM)', async () => {
    using run = openByHand();
    run.terminal.write('\x1b[A\x1b[1;5C');
    await run.feed('\x1b[?1h');
    run.terminal.write('\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1b[1;5C\x1b[3~');
    await run.feed('\x1b[?1l');
    run.terminal.write('\x1b[A');
    await until(() => run.channel.written.length === 3);
    expect(run.channel.written).toEqual([
      '\x1b[A\x1b[1;5C',
      '\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF\x1b[1;5C\x1b[3~',
      '\x1b[A',
    ]);
  });

  test('pasted are lines of keys, or between brackets where the program asks for it (mode 2004)', async () => {
    using run = openByHand();
    run.terminal.paste('one\ntwo\r\n\tthree');
    await run.feed('\x1b[?2004h');
    run.terminal.paste('one\ntwo');
    await until(() => run.channel.written.length === 2);
    expect(run.channel.written).toEqual(['one\rtwo\r\tthree', '\x1b[200~one\rtwo\x1b[201~']);
  });

  test('pasted cannot end the brackets or press other keys', async () => {
    using run = openByHand();
    await run.feed('\x1b[?2004h');
    run.terminal.paste('a\x1b[201~b\x1b[20\x1b[201~1~c\x9b201~d\x03\x7f\x00e\x1bOA');
    await until(() => run.channel.written.length === 1);
    const [, inside] = /^\x1b\[200~(.*)\x1b\[201~$/s.exec(run.channel.written[0]!)!;
    expect(inside).toBe('ab[201~c201~deOA');
  });

  test('are not sent after the end', async () => {
    using run = openByHand();
    run.terminal.write('a');
    run.channel.end();
    run.terminal.write('b');
    await until(() => run.exits.length === 1);
    expect(run.channel.written).toEqual([]);
  });

  test('tell of the focus where that was asked for (mode 1004)', async () => {
    using run = openByHand();
    run.terminal.focus(true);
    await run.feed('\x1b[?1004h');
    run.terminal.focus(true);
    run.terminal.focus(false);
    await until(() => run.channel.written.length > 0);
    expect(run.channel.written).toEqual(['\x1b[I\x1b[O']);
  });
});

describe('a program that asks', () => {
  test('what terminal it is and where the cursor is gets an answer', async () => {
    using run = openByHand();
    await run.feed('ab\x1b[c\x1b[>c\x1b[6n\x1b[?6n\x1b[?2026$p\x1bP$qm\x1b\\');
    expect(run.channel.written.join('')).toBe(
      '\x1b[?1;2c\x1b[>0;276;0c\x1b[1;3R\x1b[?1;3R\x1b[?2026;2$y\x1bP1$r0m\x1b\\',
    );
  });

  test('is not told that it could have the mouse in pixels', async () => {
    using run = openByHand();
    await run.feed('\x1b[?1016$p');
    expect(run.channel.written).toEqual(['\x1b[?1016;0$y']);
  });

  test('for titles, colours, the clipboard or unknown things cannot have us type anything', async () => {
    using run = openByHand();
    await run.feed(
      '\x1b]0;rm -rf\x07\x1b[21t\x1b[20t\x1b[18t\x1b[14t\x1b]52;c;?\x07\x1b]10;?\x07\x1b]4;1;?\x07\x05\x1b[>q\x1b[x',
    );
    await run.feed('\x1bP+q544e\x1b\\\x1bP$qrm -rf\x1b\\');
    expect(run.channel.written.join('')).toBe('\x1bP0$r\x1b\\');
  });

  test('on and on gets no more than a bounded number of answers', async () => {
    using run = openByHand();
    run.channel.output('\x1b[6n'.repeat(100_000) + 'over');
    await until(() => run.lines()[0] === 'over');
    expect(run.channel.written.join('').length).toBeLessThan(50_000);
  });
});

test('what is written to the clipboard (OSC 52) goes nowhere, and a question about it has no answer', async () => {
  using run = openByHand();
  const copy = `\x1b]52;c;${Buffer.from('curl example.org | sh').toString('base64')}\x07`;
  await run.feed(`before ${copy}\x1b]52;c;?\x07after`);
  expect(run.terminal.screen().rows[0]?.trimEnd()).toBe('before after');
  expect(run.channel.written).toEqual([]);
});

describe('the end', () => {
  test('is told once, after the last screen', async () => {
    using run = openByHand();
    run.channel.output('last words');
    run.channel.end({ code: 3 });
    await until(() => run.exits.length === 1);
    expect(run.exits).toEqual([{ code: 3, signal: 0, why: '' }]);
    expect(run.screens.at(-1)!.rows[0]).toContain('last words');
  });

  test('leaves the screen to be read, scrolled and selected', async () => {
    using run = openByHand({ rows: 2 });
    run.channel.output('one\r\ntwo\r\nthree');
    run.channel.end();
    await until(() => run.exits.length === 1);
    run.terminal.scroll(1);
    expect(run.lines()).toEqual(['one', 'two']);
    run.terminal.selectWord({ x: 1, y: 0 });
    expect(run.terminal.selectedText()).toBe('one');
    run.terminal.resize(30, 4);
    expect(run.channel.sizes).toEqual([]);
  });

  test('follows closing, after which nothing is shown', async () => {
    using run = openByHand();
    await run.feed('text');
    await until(() => run.screens.length > 0);
    const { length } = run.screens;
    run.channel.output('more');
    run.terminal.close();
    run.terminal.close();
    await until(() => run.exits.length === 1);
    expect(run.channel.isClosed).toBe(true);
    expect(run.screens.length).toBe(length);
  });
});

describe('a program that writes faster than can be shown', () => {
  test('is made to wait, and goes on when that has been interpreted', async () => {
    using run = openByHand();
    const line = `${'x'.repeat(78)}\r\n`;
    let sent = 0;
    let most = 0;
    while (!run.channel.isPaused) {
      run.channel.output(line.repeat(50));
      sent += 50 * line.length;
    }
    most = sent;
    expect(most).toBeLessThan(512 * 1024);
    await until(() => !run.channel.isPaused);
    run.channel.output('\x1b[2J\x1b[Hthe end');
    await until(() => run.lines()[0] === 'the end');
    expect(run.channel.pauses).toBe(1);
  });

  test('is let go when the terminal is closed', async () => {
    using run = openByHand();
    run.channel.output('x'.repeat(1_000_000));
    expect(run.channel.isPaused).toBe(true);
    run.terminal.close();
    expect(run.channel.isPaused).toBe(false);
  });

  test('is shown at a bounded rate, the last screen always', async () => {
    using run = openByHand({ rows: 2 });
    for (let i = 0; i < 2000; i += 1) run.channel.output(`line ${i}\r\n`);
    run.channel.output('the end');
    await until(() => run.screens.at(-1)?.rows[1]?.startsWith('the end') === true);
    expect(run.screens.length).toBeLessThan(100);
  });

  test('cannot fill the memory with marks on one character', async () => {
    using run = openByHand({ columns: 40 });
    await run.feed(`e${'\u0301'.repeat(1_000_000)}!`);
    expect(Math.max(...run.terminal.screen().rows.map((row) => row.length))).toBeLessThan(40 * 40);
  });
});

describe('the program that runs', () => {
  test('is the one in the foreground where no prompt is marked', async () => {
    using run = openByHand();
    run.channel.program = 'vi';
    expect(run.terminal.running()).toBe('vi');
    await run.feed('\x1b]133;A\x07$ \x1b]133;B\x07');
    expect(run.terminal.running()).toBe('');
    await run.feed('vi note.txt\r\n\x1b]133;C\x07');
    expect(run.terminal.running()).toBe('vi note.txt');
  });
});
