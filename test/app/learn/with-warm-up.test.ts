import { expect, test } from 'vitest';
import { withWarmUp, type WarmUpOptions } from '../../../src/app/learn/with-warm-up.ts';
import { aLesson, aStep, quiz } from '../../lesson/a-lesson.ts';

const steps = [aStep('warm', [quiz('a'), quiz('b')], { kind: 'warm-up' }), aStep('task', [quiz('c')])];
const lesson = aLesson('layers', steps, { requires: ['first-box'] });
const options: WarmUpOptions = {
  finished: new Set(['first-box']),
  behind: new Set(),
  seed: 'x',
  family: 'docker',
  features: new Set(),
};
const ids = (more: Partial<WarmUpOptions> = {}): string[] =>
  withWarmUp(lesson, { ...options, ...more }).steps.map(({ id }) => id);

test('whoever has finished a lesson before is asked about it', () => {
  expect(ids()).toEqual(['warm', 'task']);
});

test('whoever has finished none begins with the first task', () => {
  expect(ids({ finished: new Set() })).toEqual(['task']);
});

test('nobody is sent back to warm up in a lesson that is gone on with', () => {
  expect(ids({ behind: new Set(['task']) })).toEqual(['task']);
});

test('a warm-up that is behind keeps its place, so that later steps keep theirs', () => {
  expect(ids({ behind: new Set(['warm']), finished: new Set() })).toEqual(['warm', 'task']);
});
