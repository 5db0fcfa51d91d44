import { expect, test } from 'vitest';
import { openByHand } from './hand-channel.ts';

test('what is selected is drawn inverse, from cell to cell in the order of reading', async () => {
  using run = openByHand({ columns: 6, rows: 3 });
  await run.feed('abcdef\r\nghi\r\njkl');
  run.terminal.select({ x: 4, y: 0 }, { x: 1, y: 2 });
  expect(run.terminal.screen().rows).toEqual([
    'abcd\x1b[7mef\x1b[0m',
    '\x1b[7mghi   \x1b[0m',
    '\x1b[7mjk\x1b[0ml   ',
  ]);
  expect(run.terminal.selectedText()).toBe('ef\nghi\njk');
  run.terminal.select({ x: 1, y: 2 }, { x: 4, y: 0 });
  expect(run.terminal.selectedText()).toBe('ef\nghi\njk');
});

test('what is inverse already is drawn upright when it is selected', async () => {
  using run = openByHand({ columns: 4, rows: 1 });
  await run.feed('\x1b[7;31mab');
  run.terminal.select({ x: 0, y: 0 }, { x: 0, y: 0 });
  expect(run.terminal.screen().rows).toEqual(['\x1b[31ma\x1b[0;7;31mb\x1b[0m  ']);
});

test('lines that were only wrapped are copied as one', async () => {
  using run = openByHand({ columns: 6, rows: 5 });
  await run.feed('one two three\r\nfour  ');
  run.terminal.select({ x: 0, y: 0 }, { x: 5, y: 3 });
  expect(run.terminal.selectedText()).toBe('one two three\nfour');
});

test('a wide character that was pushed to the next row leaves no gap in the copy', async () => {
  using run = openByHand({ columns: 5, rows: 3 });
  await run.feed('ab漢字漢');
  run.terminal.selectLine({ x: 0, y: 1 });
  expect(run.terminal.selectedText()).toBe('ab漢字漢');
});

test('wide characters are taken whole', async () => {
  using run = openByHand({ columns: 8, rows: 1 });
  await run.feed('a漢字🚀b');
  run.terminal.select({ x: 2, y: 0 }, { x: 5, y: 0 });
  expect(run.terminal.selectedText()).toBe('漢字🚀');
  expect(run.terminal.screen().rows).toEqual(['a\x1b[7m漢字🚀\x1b[0mb']);
});

test('a word is what lies between blanks, quotes and brackets, over wrapped rows too', async () => {
  using run = openByHand({ columns: 10, rows: 6 });
  await run.feed('cat (/etc/docker/daemon.json) wörter 漢字');
  run.terminal.selectWord({ x: 7, y: 0 });
  expect(run.terminal.selectedText()).toBe('/etc/docker/daemon.json');
  run.terminal.selectWord({ x: 3, y: 3 });
  expect(run.terminal.selectedText()).toBe('wörter');
  run.terminal.selectWord({ x: 1, y: 0 });
  expect(run.terminal.selectedText()).toBe('cat');
});

test('a word of wide characters is taken from either half of one', async () => {
  using run = openByHand({ columns: 12, rows: 1 });
  await run.feed('a 漢字é b');
  for (const x of [2, 3, 5, 6]) {
    run.terminal.selectWord({ x, y: 0 });
    expect(run.terminal.selectedText()).toBe('漢字é');
  }
});

test('a line is taken with all rows that it goes on over', async () => {
  using run = openByHand({ columns: 8, rows: 5 });
  await run.feed('first\r\na line that goes on\r\nlast');
  run.terminal.selectLine({ x: 2, y: 2 });
  expect(run.terminal.selectedText()).toBe('a line that goes on');
});

test('a selection stays on its text while lines come, and while the view is scrolled', async () => {
  using run = openByHand({ columns: 10, rows: 3, scrollback: 4 });
  await run.feed('one\r\ntwo\r\nthree');
  run.terminal.selectWord({ x: 0, y: 1 });
  await run.feed('\r\nfour\r\nfive\r\nsix');
  expect(run.terminal.selectedText()).toBe('two');
  expect(run.terminal.screen().rows.join('')).not.toContain('\x1b[7m');
  run.terminal.scroll(2);
  expect(run.terminal.screen().rows[0]).toBe('\x1b[7mtwo\x1b[0m       ');
});

test('a selection goes with the lines that it was on', async () => {
  using run = openByHand({ columns: 10, rows: 3, scrollback: 4 });
  await run.feed('one\r\ntwo\r\nthree');
  run.terminal.selectWord({ x: 0, y: 0 });
  await run.feed('\r\n'.repeat(20));
  expect(run.terminal.selectedText()).toBe('');
});

test('a selection begins where it did when the view has been scrolled under it', async () => {
  using run = openByHand({ columns: 10, rows: 2 });
  await run.feed('one\r\ntwo\r\nthree\r\nfour');
  run.terminal.scroll(2);
  run.terminal.select({ x: 0, y: 3 }, { x: 2, y: 0 });
  expect(run.terminal.selectedText()).toBe('e\ntwo\nthree\nf');
});

test('places outside of the terminal select up to its edges', async () => {
  using run = openByHand({ columns: 10, rows: 2 });
  await run.feed('one\r\ntwo');
  run.terminal.select({ x: -5, y: -5 }, { x: 500, y: 500 });
  expect(run.terminal.selectedText()).toBe('one\ntwo');
});

test('there is no selection any more once it is cleared, the size is new or the other screen is on', async () => {
  using run = openByHand({ columns: 10, rows: 2 });
  await run.feed('one');
  const take = () => {
    run.terminal.selectLine({ x: 0, y: 0 });
    expect(run.terminal.selectedText()).toBe('one');
  };
  take();
  run.terminal.clearSelection();
  expect(run.terminal.selectedText()).toBe('');
  take();
  run.terminal.resize(9, 2);
  expect(run.terminal.selectedText()).toBe('');
  take();
  await run.feed('\x1b[?1049h');
  expect(run.terminal.selectedText()).toBe('');
  await run.feed('\x1b[Hother');
  run.terminal.selectWord({ x: 1, y: 0 });
  expect(run.terminal.selectedText()).toBe('other');
});
