import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import {
  cellWidth,
  cutEnd,
  cutMiddle,
  padEnd,
  padStart,
  rowStarts,
  sliceCells,
} from '../../src/model/fit-text.ts';
import { dice } from '../support/odd-text.ts';

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

describe('widths', () => {
  test('every character of the table is as wide as Ink thinks, alone and beside its like', () => {
    const wrong: string[] = [];
    for (let code = 0x20; code < 0xd800; code += 1) {
      const char = String.fromCharCode(code);
      if (CONTROL.test(char) || code === 0x2028 || code === 0x2029) continue;
      if (cellWidth(char) !== stringWidth(char)) wrong.push(code.toString(16));
      if (cellWidth(`a${char}語`) !== stringWidth(`a${char}語`)) wrong.push(`a ${code.toString(16)}`);
    }
    expect(wrong).toEqual([]);
  });
  test('any text without control characters is as wide as Ink thinks', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const text = dice(seed).text(12);
      expect(cellWidth(text), `seed ${seed}: ${JSON.stringify(text)}`).toBe(stringWidth(text));
    }
  });
});

describe('cutting', () => {
  test.each([
    ['hello', 5, 'hello'],
    ['hello!', 5, 'hell…'],
    ['hello', 1, '…'],
    ['hello', 0, ''],
    ['hello', -3, ''],
    ['', 0, ''],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['日本語', 2, '…'],
    ['e\u0301e\u0301', 1, '…'],
    ['e\u0301e\u0301', 2, 'e\u0301e\u0301'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3, '👩‍👩‍👧‍👦…'],
    ['a\u001b[31mb', 8, 'a\ufffd[31mb'],
    ['a\tb\nc', 5, 'a\ufffdb\ufffdc'],
  ])('cutEnd(%j, %i) is %j', (text, cells, cut) => {
    expect(cutEnd(text, cells)).toBe(cut);
  });
  test.each([
    ['registry.example.org/team/web:1', 15, 'registr…m/web:1'],
    ['short', 15, 'short'],
    ['abcdef', 2, 'a…'],
    ['日本語日本語', 7, '日…語'],
    ['abcdef', 0, ''],
  ])('cutMiddle(%j, %i) is %j', (text, cells, cut) => {
    expect(cutMiddle(text, cells)).toBe(cut);
  });
  test('padding fills up exactly', () => {
    expect([padEnd('ab', 4), padStart('ab', 4), padEnd('日本語', 4), padEnd('abc', 0)]).toEqual([
      'ab  ',
      '  ab',
      '日… ',
      '',
    ]);
  });
  test('nothing is ever too wide or steers the terminal, and padding is exact', () => {
    for (let seed = 0; seed < 2000; seed += 1) {
      const { text, below } = dice(seed, { controls: true });
      const [line, cells] = [text(12), below(20)];
      const what = `seed ${seed}: ${JSON.stringify(line)} in ${cells}`;
      expect(stringWidth(padEnd(line, cells)), what).toBe(cells);
      expect(stringWidth(padStart(line, cells)), what).toBe(cells);
      for (const cut of [
        cutEnd(line, cells),
        cutMiddle(line, cells),
        sliceCells(line, below(9), cells).text,
      ]) {
        expect(stringWidth(cut), what).toBeLessThanOrEqual(cells);
        expect(cut, what).not.toMatch(CONTROL);
      }
    }
  });
  test('a huge text is cut without being read to its end', () => {
    const emoji = '👩‍👩‍👧‍👦'.repeat(20_000);
    const started = performance.now();
    for (let turn = 0; turn < 1000; turn += 1) cutEnd('x'.repeat(10) + 'y'.repeat(100_000), 40);
    expect(cutEnd(emoji, 5)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…');
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

describe('windows', () => {
  test.each([
    ['abcdef', 2, 3, { text: 'cde', start: 2, end: 5, lead: 0 }],
    ['abc', 5, 3, { text: '', start: 3, end: 3, lead: 0 }],
    ['日本語', 1, 4, { text: ' 本', start: 1, end: 2, lead: 1 }],
    ['日本語', 1, 1, { text: ' ', start: 1, end: 1, lead: 1 }],
    ['日本語', 2, 4, { text: '本語', start: 1, end: 3, lead: 0 }],
    ['ab', 0, 0, { text: '', start: 0, end: 0, lead: 0 }],
  ])('%j from cell %i, %i cells', (text, from, cells, slice) => {
    expect(sliceCells(text, from, cells)).toEqual(slice);
  });
  test('a window shows the cells it is laid on', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const { text, below } = dice(seed);
      const [line, from, cells] = [text(12), below(9), below(12)];
      const slice = sliceCells(line, from, cells);
      const what = `seed ${seed}: ${JSON.stringify(line)} from ${from}, ${cells}`;
      expect(slice.text, what).toBe(' '.repeat(slice.lead) + line.slice(slice.start, slice.end));
      if (slice.end > slice.start)
        expect(stringWidth(line.slice(0, slice.start)), what).toBe(from + slice.lead);
    }
  });
});

describe('rows', () => {
  test.each([
    ['', 5, [0]],
    ['abcde', 5, [0]],
    ['abcdef', 5, [0, 5]],
    ['日本語', 5, [0, 2]],
    ['日', 1, [0]],
  ])('%j at %i cells breaks at %j', (text, cells, starts) => {
    expect(rowStarts(text, cells)).toEqual(starts);
  });
  test('rows hold the whole text and fit', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const { text, below } = dice(seed, { controls: true });
      const [line, cells] = [text(20), 2 + below(9)];
      const starts = rowStarts(line, cells);
      const rows = starts.map((start, index) => line.slice(start, starts[index + 1]));
      expect(rows.join('')).toBe(line);
      for (const row of rows) expect(cellWidth(row), `seed ${seed}`).toBeLessThanOrEqual(cells);
    }
  });
});
