import { expect, test } from 'vitest';
import type { Feature } from '../../src/lesson/lesson.ts';
import { parseLesson } from '../../src/lesson/read/parse-lesson.ts';
import { stepsHere } from '../../src/lesson/steps-here.ts';
import { RICH } from './rich-lesson.ts';

const withMark = (mark: string) =>
  parseLesson({ ...RICH, 'lesson.md': (RICH['lesson.md'] ?? '').replace('{#note', `{#note ${mark}`) }, '/l');
const { lesson } = withMark('needs:second-engine');
const here = (...features: Feature[]) =>
  stepsHere(lesson!, { features: new Set(features), lacking: new Map([['second-engine', 'No openssl.']]) });

test('a step that needs what is there is played', () => {
  expect(here('second-engine')).toEqual(lesson);
});

test('a step that needs what is not there is read, and says why first', () => {
  const step = here().steps.find(({ id }) => id === 'note');
  expect(step).toMatchObject({ kind: 'reading', checks: [] });
  expect(step?.blocks[0]).toMatchObject({ kind: 'note', markdown: expect.stringContaining('No openssl.') });
  expect(here().steps.filter(({ id }) => id !== 'note')).toEqual(
    lesson?.steps.filter(({ id }) => id !== 'note'),
  );
});

test('a step can need only what there is a word for', () => {
  expect(withMark('needs:second-engin').problems.map(({ text }) => text)).toEqual([
    expect.stringContaining('second-engine'),
  ]);
});
