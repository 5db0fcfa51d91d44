import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lintLesson } from '../../../src/lesson/lint/lint-lesson.ts';
import { newLesson, NewLessonRefused } from '../../../src/lesson/new-lesson.ts';
import { parseLesson, type LessonFiles } from '../../../src/lesson/read/parse-lesson.ts';
import { readLesson } from '../../../src/lesson/read/read-lesson.ts';

let root = '';
let skeleton: LessonFiles;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lsn-lint-'));
  await newLesson(join(root, '03-mine'), 'mine', 'My “first": lesson');
  const { files, problems } = await readLesson(join(root, '03-mine'));
  expect(problems).toEqual([]);
  if (files === null) throw new Error('nothing was read');
  skeleton = files;
});
afterAll(() => rm(root, { recursive: true, force: true }));

function lint(files: LessonFiles, lessonIds: readonly string[] | null = ['first-box']): string[] {
  const { lesson, tests, problems } = parseLesson(files, '/lessons/03-mine');
  expect(problems).toEqual([]);
  if (lesson === null) throw new Error('no lesson');
  return lintLesson({ lesson, tests, files, lessonIds }).map(
    ({ file, line, severity, text }) => `${severity} ${file}:${line} ${text}`,
  );
}

test('a new lesson has nothing to be mended, and the title that was asked for', () => {
  expect(lint(skeleton)).toEqual([]);
  expect(parseLesson(skeleton, '/lessons/03-mine').lesson).toMatchObject({
    id: 'mine',
    title: 'My “first": lesson',
  });
});

test('a new lesson is refused where something is already, or with an id that is none', async () => {
  await writeFile(join(root, 'a-file'), 'mine');
  await expect(newLesson(root, 'other', 'Other')).rejects.toThrow(NewLessonRefused);
  await expect(newLesson(join(root, 'new'), 'No Id', 'Other')).rejects.toThrow('cannot be the id');
});

describe('lint finds', () => {
  type Row = [
    what: string,
    file: 'lesson.md' | 'solution.yaml' | 'tests.yaml',
    from: string,
    to: string,
    said: RegExp,
  ];
  const QUIZ = /```quiz\n[\s\S]*?```\n\n?/;
  test.each<Row>([
    [
      'a lesson that is not there',
      'lesson.md',
      'requires: []',
      'requires: [first-bux]',
      /^error lesson.md:1 .*did you mean first-box\?/,
    ],
    ['a lesson that requires itself', 'lesson.md', 'requires: []', 'requires: [mine]', /requires itself/],
    [
      'an image that is not in the bundle',
      'lesson.md',
      'images: [tiny:1]',
      'images: [tiny:1, tiny:2]',
      /tiny:2 is not in the offline bundle .*did you mean tiny:1/,
    ],
    [
      'an image that is not declared',
      'lesson.md',
      'tiny:1 sleep 1d\n```',
      'nginx:1 sleep 1d\n```',
      /nginx:1 is used/,
    ],
    [
      'an image in the solution',
      'solution.yaml',
      'tiny:1',
      '--label a=b nginx',
      /^error solution.yaml:3 nginx:latest is used/,
    ],
    [
      'a hint that gives all away',
      'lesson.md',
      'The shape is: docker run -d --name ____ tiny:1 ____',
      'Type `docker run -d  --name {{box}} tiny:1 sleep 1d`',
      /^error .*hint 3 of “start” holds the solution/,
    ],
    ['a task without a hint', 'lesson.md', '```hint', '```text', /“start” has no hints/],
    [
      'a task without a solution',
      'solution.yaml',
      'start:\n  - docker run -d --name {{box}} tiny:1 sleep 1d',
      'start: []',
      /“start” has no solution/,
    ],
    [
      'a check that ends without a say',
      'lesson.md',
      '    - say: There is no box called "{{box}}" yet.\n',
      '',
      /^error lesson.md:\d+ “running” does not end its else/,
    ],
    [
      'an event of a registry that is not the lesson’s own',
      'lesson.md',
      '  container: "{{box}}"\n  is: { state: running }',
      '  registry: 127.0.0.1:5000\n  event: { action: push, repository: site }',
      /^error .*“running” asks for an event of the registry 127.0.0.1:5000, which tells of none/,
    ],
    [
      'a check of the typing alone',
      'lesson.md',
      '  container: "{{box}}"\n  is: { state: running }',
      '  engine: true\n  typed: { line: docker }',
      /^error .*what was typed or called alone/,
    ],
    [
      'a check of calls alone',
      'lesson.md',
      '  container: "{{box}}"\n  is: { state: running }',
      '  engine: true\n  called: { method: POST, path: /containers/create }',
      /^error .*typed or called alone/,
    ],
    [
      'a check that may be passed by typing',
      'lesson.md',
      '  container: "{{box}}"\n  is: { state: running }',
      '  any:\n    - container: a\n    - engine: true\n      typed: { line: docker }',
      /what was typed or called alone/,
    ],
    [
      'a quiz that leaves a wrong option alone',
      'lesson.md',
      'if: { 1: A running box is called a container. It is made from an image. }\n',
      '',
      /the wrong option 1 \(“A running box”\) has no text/,
    ],
    ['a prompt before a command', 'lesson.md', '```run\ndocker', '```run\n$ docker', /leave out the “\$ ”/],
    [
      'a prompt in a wrong path',
      'tests.yaml',
      '"docker run',
      '"$ docker run',
      /^error tests.yaml:2 leave out/,
    ],
    [
      'a line that asks the network',
      'lesson.md',
      'One new idea',
      '```dockerfile\n# syntax=docker/dockerfile:1\n```\nOne new idea',
      /^error lesson.md:\d+ leave out the “# syntax=” line/,
    ],
    [
      'a count of layers',
      'lesson.md',
      'One new idea',
      'The image has 3 layers. One new idea',
      /^warning .*“3 layers”/,
    ],
    [
      'a block that is misspelt',
      'lesson.md',
      '```predict',
      '```predcit',
      /^warning .*did you mean predict\?/,
    ],
    [
      'a warm-up that is late',
      'lesson.md',
      '## Before we begin {#before .warm-up}',
      '## Before {#before0 .reading}\n\n## Before we begin {#before .warm-up}',
      /the warm-up belongs before/,
    ],
    [
      'a test of a step that is not there',
      'tests.yaml',
      'step: start',
      'step: strat',
      /^error tests.yaml:2 there is no step “strat”; did you mean start\?/,
    ],
    [
      'a test of a check that is not there',
      'tests.yaml',
      'check: running',
      'check: runing',
      /has no check “runing”; did you mean running\?/,
    ],
    [
      'two tests of one name',
      'tests.yaml',
      'name: another name',
      'name: a command that ends at once',
      /two tests are called/,
    ],
    [
      'a test that would prune',
      'tests.yaml',
      'run: ["',
      'run: ["docker volume prune -f; ',
      /“volume prune” removes/,
    ],
    [
      'a variable in a test',
      'tests.yaml',
      '{{box}}',
      '{{bix}}',
      /\{\{bix\}\} is no variable .*did you mean box/,
    ],
  ])('%s', (_, file, from, to, said) => {
    const before = skeleton[file] ?? '';
    expect(before).toContain(from);
    expect(lint({ ...skeleton, [file]: before.replace(from, () => to) })).toContainEqual(
      expect.stringMatching(said),
    );
  });

  test('a task without a check', () => {
    const text = skeleton['lesson.md'].replace(/```check[\s\S]*?```\n/, '');
    const found = lint({ ...skeleton, 'lesson.md': text });
    expect(found).toContainEqual(expect.stringMatching(/^error .*“start” has no check/));
    expect(found).toContainEqual(expect.stringMatching(/^error tests.yaml:2 “start” has no check “running”/));
  });

  test('too many tasks', () => {
    const [, step = ''] = /(## Start a box[\s\S]*?)## What/.exec(skeleton['lesson.md']) ?? [];
    const copies = [1, 2, 3, 4, 5].map((n) =>
      step.replace('{#start}', `{#start${n}}`).replace('- id: running', `- id: running${n}`),
    );
    const text = skeleton['lesson.md'].replace('## What', () => `${copies.join('')}## What`);
    expect(lint({ ...skeleton, 'lesson.md': text })).toContainEqual(
      expect.stringContaining('6 steps with a task'),
    );
  });

  test('questions that are missing', () => {
    const text = skeleton['lesson.md'].replace(QUIZ, '').replace(QUIZ, '');
    expect(lint({ ...skeleton, 'lesson.md': text })).toContainEqual(
      expect.stringContaining('“before” has no question'),
    );
    const one = skeleton['lesson.md'].replace(QUIZ, '');
    expect(lint({ ...skeleton, 'lesson.md': one })).toEqual([
      expect.stringContaining('“before” has 1 questions'),
    ]);
  });

  test('prose that is hard to read', () => {
    const sentence = `${'The container that the engine starts for you is made from an image and '.repeat(9)}so it goes on.`;
    const long = skeleton['lesson.md'].replace('One new idea in each step.', sentence);
    expect(lint({ ...skeleton, 'lesson.md': long })).toEqual([
      expect.stringMatching(/^warning .*words in a sentence/),
    ]);
    const words = 'Containerisation infrastructure necessitates comprehensive understanding. '.repeat(12);
    const heavy = skeleton['lesson.md'].replace('One new idea in each step.', words);
    expect(lint({ ...skeleton, 'lesson.md': heavy })).toEqual([
      expect.stringMatching(/^warning .*many long words/),
    ]);
  });

  test('a Dockerfile among the files, with its base image and its syntax line', () => {
    const dockerfiles = {
      'site/Dockerfile': '# syntax=docker/dockerfile:1\nFROM tiny:1 AS a\nFROM a\nFROM nginx:1\n',
    };
    expect(lint({ ...skeleton, names: ['site/Dockerfile'], dockerfiles })).toEqual([
      expect.stringMatching(/^error files\/site\/Dockerfile:1 leave out/),
      expect.stringMatching(/^error files\/site\/Dockerfile:4 FROM nginx:1/),
    ]);
  });

  test('nothing in an image that the lesson makes itself', () => {
    const text = skeleton['lesson.md'].replace(
      '```run\n',
      '```run\ndocker commit {{box}} snap:1\ndocker run --rm -p 80:80 --tmpfs /ram snap:1 cat /x\ndocker build -t fat .\ndocker run fat\n',
    );
    expect(lint({ ...skeleton, 'lesson.md': text })).toEqual([]);
  });
});
