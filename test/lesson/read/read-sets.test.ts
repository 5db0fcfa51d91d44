import { expect, test } from 'vitest';
import { inSet } from '../../../src/lesson/lesson-set.ts';
import type { LessonProblem } from '../../../src/lesson/lesson.ts';
import { complainAbout } from '../../../src/lesson/read/parse-problems.ts';
import { parseSets } from '../../../src/lesson/read/read-sets.ts';

function read(text: string) {
  const problems: LessonProblem[] = [];
  const sets = parseSets(text, ['one', 'two', 'three'], complainAbout('sets.yaml', problems));
  return { sets, said: problems.map(({ line, text: why }) => `${line}: ${why}`) };
}

test('a set has the lessons that it names, in its own order, or all', () => {
  const { sets, said } = read(
    '- { id: 45min, title: Short, says: A bit., lessons: [three, one] }\n- { id: day, title: Long, says: More., lessons: all }',
  );
  expect(said).toEqual([]);
  expect(sets.map(({ lessons }) => lessons)).toEqual([
    ['three', 'one'],
    ['one', 'two', 'three'],
  ]);
  const lessons = [{ id: 'one' }, { id: 'two' }, { id: 'three' }];
  expect(inSet(lessons, sets[0]!)).toEqual([{ id: 'three' }, { id: 'one' }]);
  expect(inSet(lessons, null)).toBe(lessons);
});

test('a lesson that is none is said, and the others stay', () => {
  const { sets, said } = read('- id: x\n  title: X\n  says: Y\n  lessons: [one, tow]');
  expect(said).toEqual(['4: “x” has the lesson “tow”, which is none here; did you mean two?']);
  expect(sets[0]?.lessons).toEqual(['one']);
});

test('what is no set costs itself and no other', () => {
  const { sets, said } = read(
    '- { id: a, title: A, says: B, lesson: all }\n- { id: b, title: B, says: B, lessons: all }',
  );
  expect(sets.map(({ id }) => id)).toEqual(['b']);
  expect(said.join(' ')).toContain('did you mean lessons?');
});
