import { expect, test } from 'vitest';
import { warmUp } from '../../../src/lesson/review/warm-up.ts';
import { aLesson, aStep, prose, quiz } from '../a-lesson.ts';

const there = { family: 'docker', features: new Set<never>() } as const;
const blocks = [prose('p', 'Do you remember?'), quiz('a'), quiz('b'), quiz('c')];
const steps = [aStep('w', blocks, { kind: 'warm-up' }), aStep('t', [quiz('t1')])];
const lesson = aLesson('layers', steps, { requires: ['first-box', 'thin-layer'] });
const ids = (...args: Parameters<typeof warmUp>) => warmUp(...args).map((block) => block.id);

test('is left out for someone who has finished none of the lessons before', () => {
  expect(ids(lesson, new Set(), 'seed', there)).toEqual([]);
  expect(ids(lesson, new Set(['volumes']), 'seed', there)).toEqual([]);
  expect(ids({ ...lesson, requires: [] }, new Set(['first-box']), 'seed', there)).toEqual([]);
});

test('shows the prose and two of its questions in their order, as the seed will have it', () => {
  const finished = new Set(['first-box']);
  const seen = new Set<string>();
  for (let seed = 0; seed < 40; seed += 1) {
    const shown = ids(lesson, finished, String(seed), there);
    expect(shown).toEqual(['p', ...shown.slice(1).toSorted()]);
    expect(shown).toHaveLength(3);
    expect(ids(lesson, finished, String(seed), there)).toEqual(shown);
    seen.add(shown.join(' '));
  }
  expect(seen.size).toBe(3);
});

test('without a question there is nothing to show', () => {
  const silent = aLesson('x', [aStep('w', blocks.slice(0, 1), { kind: 'warm-up' })], {
    requires: ['first-box'],
  });
  expect(ids(silent, new Set(['first-box']), 'seed', there)).toEqual([]);
});
