import { expect, test } from 'vitest';
import { cellWidth } from '../../src/model/fit-text.ts';
import { wrapWords } from '../../src/model/wrap-words.ts';
import { dice } from '../support/odd-text.ts';

test.each([
  ['a b c', 3, ['a b', 'c']],
  ['one two', 20, ['one two']],
  ['abcdefgh', 3, ['abc', 'def', 'gh']],
  ['日本語', 4, ['日本', '語']],
  ['', 10, []],
  ['   ', 10, []],
])('%j in %i cells is %j', (text, width, lines) => {
  expect(wrapWords(text, width)).toEqual(lines);
});

test('no line is too wide, and nothing but blanks is lost', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const throws = dice(seed);
    const text = throws.text(30);
    const width = 2 + throws.below(40);
    const lines = wrapWords(text, width);
    for (const line of lines) expect(cellWidth(line), `seed ${seed}`).toBeLessThanOrEqual(width);
    expect(lines.join('').replace(/\s/g, ''), `seed ${seed}`).toBe(text.replace(/\s/g, ''));
  }
});
