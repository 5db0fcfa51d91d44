import { describe, expect, test } from 'vitest';
import { filterSpans, matchesFilter, occurrences } from '../../src/model/filter.ts';
import { foldCase } from '../../src/model/fold-case.ts';
import { dice } from '../support/odd-text.ts';

const ROW = 'web  tiny:1  Up 2 min  :8080->80';

describe('a row passes', () => {
  test.each(['', '  ', 'web', 'WEB', 'min web', 'tiny:1', ':8080', '!keep', '!', 'web !exited', 'up 2'])(
    '%j',
    (filter) => {
      expect(matchesFilter(ROW, filter)).toBe(true);
    },
  );
});

describe('a row is held back', () => {
  test.each(['keep', 'web keep', '!web', '!TINY', 'web !up'])('%j', (filter) => {
    expect(matchesFilter(ROW, filter)).toBe(false);
  });
});

test('a word before a colon is a field where there is such a field', () => {
  const fields = { name: 'web', image: 'tiny:1' };
  const passes = (filter: string): boolean => matchesFilter(ROW, filter, fields);
  expect([
    passes('name:we'),
    passes('name:tiny'),
    passes('image:tiny:1'),
    passes('!name:web'),
    passes('tiny:1'),
  ]).toEqual([true, false, true, false, true]);
  expect(passes('constructor:x')).toBe(false);
});

test('what was found is marked, overlaps joined', () => {
  expect(filterSpans('Web web', 'web')).toEqual([
    { from: 0, to: 3 },
    { from: 4, to: 7 },
  ]);
  expect(filterSpans('abcdef', 'abc bcd !f')).toEqual([{ from: 0, to: 4 }]);
  expect(filterSpans('abc', '')).toEqual([]);
});

test('offsets hold also where lower case is longer', () => {
  expect(filterSpans('İİweb', 'WEB')).toEqual([{ from: 2, to: 5 }]);
  for (let seed = 0; seed < 300; seed += 1) {
    const text = dice(seed).text(12);
    expect(foldCase(text)).toHaveLength(text.length);
  }
});

test('any text is found by itself', () => {
  for (let seed = 0; seed < 500; seed += 1) {
    const text = dice(seed).text(6);
    const word = text.replace(/\s/g, '').replace(/^!+/, '');
    expect(matchesFilter(`x${word}y`, word), JSON.stringify(word)).toBe(true);
  }
});

test('occurrences do not overlap', () => {
  expect(occurrences('aaaaa', 'aa')).toEqual([
    { from: 0, to: 2 },
    { from: 2, to: 4 },
  ]);
  expect(occurrences('aaa', '')).toEqual([]);
});
