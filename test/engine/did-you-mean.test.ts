import { expect, test } from 'vitest';
import { didYouMean, didYouMeanHint } from '../../src/engine/did-you-mean.ts';

const KNOWN = ['start', 'stop', 'restart', '--name', '--network', 'doctor', 'ls'];

test.each([
  ['stpo', 'stop'],
  ['STOP', 'stop'],
  ['--nmae', '--name'],
  ['--netwrok', '--network'],
  ['docter', 'doctor'],
  ['l', 'ls'],
  ['rstart', 'start'],
])('%s finds %s', (word, found) => {
  expect(didYouMean(word, KNOWN)).toBe(found);
});

test.each(['xyz', 'kubernetes', '', '日本語'])('%j finds nothing', (word) => {
  expect(didYouMean(word, KNOWN)).toBeNull();
  expect(didYouMeanHint(word, KNOWN)).toBe('');
});

test('a very long word is answered at once', () => {
  expect(didYouMean('x'.repeat(1_000_000), KNOWN)).toBeNull();
});

test('the hint is the end of a complaint', () => {
  expect(didYouMeanHint('docter', KNOWN)).toBe('; did you mean doctor?');
});
