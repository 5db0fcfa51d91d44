import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtInLessons, findLessons } from '../../../src/lesson/read/find-lessons.ts';
import { newLesson } from '../../../src/lesson/new-lesson.ts';
import { readLesson } from '../../../src/lesson/read/read-lesson.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lsn-read-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('lessons come in the order of their numbers, and a bad one costs only itself', async () => {
  for (const [folder, id] of [
    ['10-ten', 'ten'],
    ['2-two', 'two'],
    ['own', 'own'],
    ['03-two-again', 'two'],
  ] as const)
    await newLesson(join(root, folder), id, id);
  await mkdir(join(root, '04-empty'));
  await mkdir(join(root, '05-binary'));
  await writeFile(join(root, '05-binary', 'lesson.md'), Buffer.from([0xff, 0xfe, 0x00]));
  await writeFile(join(root, 'README.md'), 'not a lesson');
  const found = await findLessons(root);
  expect(found.map(({ folder, lesson }) => [folder.slice(root.length + 1), lesson?.id ?? null])).toEqual([
    ['2-two', 'two'],
    ['03-two-again', null],
    ['04-empty', null],
    ['05-binary', null],
    ['10-ten', 'ten'],
    ['own', 'own'],
  ]);
  const texts = found.map(({ problems }) => problems.map(({ text }) => text).join());
  expect(texts[1]).toContain('has the same id: “two”');
  expect(texts[2]).toContain('there is no lesson.md');
  expect(texts[3]).toContain('is not text in UTF-8');
  expect(found[4]?.lesson?.number).toBe(10);
});

test('nothing outside of the folder is read', async () => {
  const folder = join(root, 'mine');
  await newLesson(folder, 'mine', 'Mine');
  await writeFile(join(root, 'secret'), 'start: [cat secret]');
  await rm(join(folder, 'solution.yaml'));
  await symlink('../secret', join(folder, 'solution.yaml'));
  await symlink('/etc/passwd', join(folder, 'files', 'passwd'));
  const { lesson, problems } = await readLesson(folder);
  expect(lesson).toBe(null);
  expect(problems.map(({ file, text }) => `${file} ${text}`)).toEqual([
    expect.stringContaining('files/passwd is a link'),
    expect.stringContaining('solution.yaml is a link that leads out of the folder'),
  ]);
});

test('a pipe in the place of a file does not make the reader wait', async () => {
  const folder = join(root, 'mine');
  await newLesson(folder, 'mine', 'Mine');
  await rm(join(folder, 'tests.yaml'));
  execFileSync('mkfifo', [join(folder, 'tests.yaml')]);
  expect((await readLesson(folder)).problems).toMatchObject([{ file: 'tests.yaml', text: 'is not a file' }]);
});

test('a translation gives its texts, and inherits commands and checks', async () => {
  const folder = join(root, 'mine');
  await newLesson(folder, 'mine', 'Mine');
  await writeFile(
    join(folder, 'lesson.fr.md'),
    [
      '---\ntitle: Le mien\n---\nDites ici ce que l’on saura.\n',
      '## Avant {#before .warm-up}\nDeux questions.\n',
      '```quiz\nask: Une image ?\noptions: [Un modèle, Une boîte]\nanswer: 0\nbecause: Oui.\nif: { 1: Non. }\n```\n',
      '## Démarrer {#start}\nUne seule idée.\n',
      '```run\n```\n\n```hint\nUn\n---\nDeux\n---\nTrois\n```\n',
      '## Fin {#recapp .recap}\n',
    ].join('\n'),
  );
  const { lesson, problems } = await readLesson(folder, 'fr-CA');
  expect(problems).toMatchObject([
    { file: 'lesson.fr.md', severity: 'error', text: expect.stringContaining('did you mean recap?') },
    { file: 'lesson.fr.md', severity: 'warning', text: 'the step “recap” is not translated' },
  ]);
  expect(lesson).toBe(null);
  const text = await readTranslated(folder);
  expect(text).toMatchObject({ title: 'Le mien', language: 'fr' });
  expect(text?.steps[0]?.blocks[1]).toMatchObject({ question: { ask: 'Une image ?', wrong: { 1: 'Non.' } } });
  expect(text?.steps[1]).toMatchObject({
    title: 'Démarrer',
    hints: ['Un', 'Deux', 'Trois'],
    checks: [{ id: 'running' }],
  });
  expect(text?.steps[1]?.blocks[0]).toMatchObject({ kind: 'prose', markdown: 'Une seule idée.' });
  expect((await readLesson(folder, 'de')).lesson?.language).toBe('en');
});

async function readTranslated(folder: string) {
  const { readFile } = await import('node:fs/promises');
  const path = join(folder, 'lesson.fr.md');
  await writeFile(path, (await readFile(path, 'utf8')).replace('{#recapp', '{#recap'));
  const { lesson, problems } = await readLesson(folder, 'fr');
  expect(problems).toEqual([]);
  return lesson;
}

test('our own lessons, as far as there are any, are beside src', () => {
  expect(builtInLessons()).toBe(join(import.meta.dirname, '../../../lessons'));
});
