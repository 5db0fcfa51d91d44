import { expect, test } from 'vitest';
import { ago, nextChange, upFor } from '../../src/model/durations.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SINCE = 1_790_000_000_123;

test.each([
  [-5 * MINUTE, '<1 min'],
  [0, '<1 min'],
  [59_999, '<1 min'],
  [MINUTE, '1 min'],
  [HOUR - 1, '59 min'],
  [HOUR, '1 h'],
  [DAY - 1, '23 h'],
  [5 * DAY, '5 d'],
  [59 * DAY, '59 d'],
  [60 * DAY, '2 mo'],
  [729 * DAY, '24 mo'],
  [730 * DAY, '2 y'],
  [3650 * DAY, '10 y'],
])('%d ms are %s', (elapsed, text) => {
  expect(upFor(SINCE, SINCE + elapsed)).toBe(text);
  expect(ago(SINCE, SINCE + elapsed)).toBe(`${text} ago`);
});

test('the text changes exactly when it was said to', () => {
  let elapsed = -3 * MINUTE;
  for (let turn = 0; turn < 400 && elapsed < 4000 * DAY; turn += 1) {
    const change = nextChange(SINCE, SINCE + elapsed);
    const now = upFor(SINCE, SINCE + elapsed);
    expect(change).toBeGreaterThan(SINCE + elapsed);
    expect(upFor(SINCE, change - 1)).toBe(now);
    expect(upFor(SINCE, change)).not.toBe(now);
    elapsed = change - SINCE + (turn % 3 === 0 ? 777 : 0);
  }
  expect(elapsed).toBeGreaterThan(730 * DAY);
});

test('a time that is not known has no age and never changes', () => {
  expect(upFor(Number.NaN, SINCE)).toBe('?');
  expect(nextChange(Number.NaN, SINCE)).toBe(Infinity);
});
