import { expect, test } from 'vitest';
import { fillInSay } from '../../../src/lesson/judge/fill-in-say.ts';
import { aVolume, anEnded, anImage } from '../build-world.ts';

const actual = anEnded('keep', 137, { oomKilled: true, restartCount: 2 });

test.each([
  ['{{actual.name}} {{actual.image}} {{actual.state}}', 'keep tiny:1 exited'],
  ['{{actual.exitCode}} {{ actual.oomKilled }} {{actual.restartCount}} {{actual.health}}', '137 true 2 none'],
  ['{{other.name}} {{other.exitCode}}', 'notes ?'],
  ['{{actual.nothing}} {{actual.toString}}', '? ?'],
  ['{{.State.Pid}} {{box}} {{{actual.name}}}', '{{.State.Pid}} {{box}} {keep}'],
])('%s becomes %s', (text, filled) => {
  expect(fillInSay(text, { actual, other: aVolume('notes') })).toBe(filled);
});

test('what was not found is a question mark, and an image goes by its name', () => {
  expect(fillInSay('{{other.name}}', { actual })).toBe('?');
  expect(fillInSay('{{other.name}} {{other.image}}', { other: anImage('tiny:1') })).toBe('tiny:1 tiny:1');
  expect(fillInSay('{{other.name}}', { other: anImage('', { id: 'sha256:0123456789abcdef' }) })).toBe(
    '0123456789ab',
  );
});

test('a name that looks like a placeholder is not filled in again', () => {
  const odd = anEnded('{{other.name}}', 1);
  expect(fillInSay('{{actual.name}}', { actual: odd, other: actual })).toBe('{{other.name}}');
});
