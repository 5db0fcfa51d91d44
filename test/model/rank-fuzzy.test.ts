import { expect, test } from 'vitest';
import { rankFuzzy } from '../../src/model/rank-fuzzy.ts';
import { dice } from '../support/odd-text.ts';

const ITEMS = [
  'Remove force',
  'Restart container',
  'Stop container',
  'Start container',
  'Prune volumes',
  'showLogs',
];
const best = (query: string): string[] => rankFuzzy(query, ITEMS, (item) => item).map(({ item }) => item);

test('an empty query keeps all, short ones first', () => {
  expect(best('')).toHaveLength(ITEMS.length);
  expect(best('  ')).toHaveLength(ITEMS.length);
});

test('beginnings of words and letters side by side win', () => {
  expect(best('rc')[0]).toBe('Restart container');
  expect(best('stop')).toEqual(['Stop container']);
  expect(best('start')[0]).toBe('Start container');
  expect(best('pv')[0]).toBe('Prune volumes');
  expect(best('sl')[0]).toBe('showLogs');
});

test('every word of the query has to be found, in any order', () => {
  expect(best('cont stop')).toEqual(['Stop container']);
  expect(best('stop volume')).toEqual([]);
});

test('what was found is told for highlighting', () => {
  expect(rankFuzzy('stc', ['Stop container'], (item) => item)[0]?.spans).toEqual([
    { from: 0, to: 2 },
    { from: 5, to: 6 },
  ]);
});

test('equals keep their order', () => {
  const items = [1, 2, 3];
  expect(rankFuzzy('a', items, () => 'same').map(({ item }) => item)).toEqual(items);
});

test('marked letters spell the query', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const { text, below } = dice(seed);
    const line = text(15).replace(/\s/g, '');
    const query = Array.from(line)
      .filter(() => below(2) === 0)
      .join('');
    const [found] = rankFuzzy(query, [line], (item) => item);
    const letters = found?.spans.map(({ from, to }) => line.slice(from, to)).join('');
    expect(letters?.toLowerCase(), `seed ${seed}`).toBe(query.toLowerCase());
  }
});

test('two hundred commands are ranked within a frame', () => {
  const items = Array.from(
    { length: 200 },
    (_, index) => `Remove the container number ${index} and its volumes`,
  );
  rankFuzzy('rcv', items, (item) => item);
  const started = performance.now();
  rankFuzzy('remcon', items, (item) => item);
  expect(performance.now() - started).toBeLessThan(50);
});
