import { expect, it } from 'vitest';
import { problemsOf } from '../../src/app/learn/lesson-command.ts';
import { builtInLessons, findLessons } from '../../src/lesson/read/find-lessons.ts';

const lessons = await findLessons(builtInLessons());
const ids = lessons.flatMap(({ lesson }) => (lesson === null ? [] : [lesson.id]));

it('finds the eighteen and the capstone, each under its number', () => {
  expect(lessons.map(({ lesson }) => lesson?.number)).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
});

it.each(lessons)('has nothing to say against $folder', (found) => {
  expect(problemsOf(found, ids)).toEqual([]);
});
