import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FEATURES } from '../../src/lesson/lesson.ts';
import { lintLesson } from '../../src/lesson/lint/lint-lesson.ts';
import { BLOCK_KINDS } from '../../src/lesson/read/parse-blocks.ts';
import { parseLesson } from '../../src/lesson/read/parse-lesson.ts';
import { PREDICATES } from '../../src/lesson/read/parse-predicates.ts';

const readme = readFileSync(join(import.meta.dirname, '../../lessons/README.md'), 'utf8');

/** The fenced text below the line that names the file. */
function example(file: string): string {
  const [, , text] = new RegExp(`^\`${file}\`:\n\n(\`{3,})\\w+\n([\\s\\S]*?)^\\1$`, 'm').exec(readme) ?? [];
  if (text === undefined) throw new Error(`no ${file} in the README`);
  return text;
}

test('the example in the guide for authors has nothing to be mended', () => {
  const files = {
    'lesson.md': example('lesson.md'),
    'solution.yaml': example('solution.yaml'),
    'tests.yaml': example('tests.yaml'),
    names: [],
  };
  const { lesson, tests, problems } = parseLesson(files, '/lessons/02-note');
  expect(problems).toEqual([]);
  expect(lesson?.steps.map(({ id }) => id)).toEqual(['before', 'note', 'recap']);
  expect(tests).toHaveLength(2);
  if (lesson !== null) expect(lintLesson({ lesson, tests, files, lessonIds: [] })).toEqual([]);
});

test('the guide names every block, every feature, every subject and what can be said of it', () => {
  for (const kind of BLOCK_KINDS) expect(readme).toMatch(new RegExp(`^\\| \`${kind}\\b`, 'm'));
  for (const feature of FEATURES) expect(readme).toContain(feature);
  for (const [subject, predicates] of Object.entries(PREDICATES)) {
    const row = new RegExp(`^\\| \`${subject}: [^|…]*\\|.*$`, 'm').exec(readme)?.[0] ?? '';
    for (const key of Object.keys(predicates).filter((each) => !['exists', 'absent', 'count'].includes(each)))
      expect(row, `${subject} ${key}`).toContain(`\`${key}`);
  }
});
