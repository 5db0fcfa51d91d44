import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lessonDigest, NoDigest } from '../../../src/lesson/trust/lesson-digest.ts';
import { isOwnLesson, lessonSource } from '../../../src/lesson/trust/lesson-source.ts';
import { isTrusted, readTrust, trust, trustFile } from '../../../src/lesson/trust/trust.ts';

const KNOWN = ['first-box', 'thin-layer', 'volumes'];
let root = '';
let folder = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-source-'));
  folder = join(root, 'mine');
  await mkdir(join(folder, 'files'), { recursive: true });
  await writeFile(join(folder, 'lesson.md'), '# Mine');
  await writeFile(join(folder, 'files', 'check.sh'), 'echo');
});
afterEach(() => rm(root, { recursive: true }));

describe('the word after `slipway learn`', () => {
  test.each([
    'https://example.org/lesson.git',
    'ssh://git@example.org/lesson',
    'file:///tmp/lesson',
    'git@example.org:somebody/lesson.git',
    'example.org/somebody/lesson',
    'lesson.zip',
    './lesson.tar.gz',
    '../lesson.tgz',
  ])('is refused with a reason where it is %s', async (word) => {
    const source = await lessonSource(word, KNOWN, root);
    expect(source).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('runs commands on your engine') as string,
      advice: 'Get it, look at it, then: slipway learn ./folder',
    });
  });
  test.each(['./mine', 'mine', 'mine/', '../mine'])(
    'is a folder where a lesson is in it: %s',
    async (word) => {
      const cwd = word.startsWith('..') ? join(root, 'mine') : root;
      expect(await lessonSource(word, KNOWN, cwd)).toEqual({ kind: 'folder', folder });
    },
  );
  test('is an id first, also where a folder has the same name', async () => {
    await mkdir(join(root, 'volumes'));
    await writeFile(join(root, 'volumes', 'lesson.md'), '');
    expect(await lessonSource('volumes', KNOWN, root)).toEqual({ kind: 'id', id: 'volumes' });
    expect((await lessonSource('./volumes', KNOWN, root)).kind).toBe('folder');
  });
  test('that is nearly an id gets the right one said', async () => {
    expect(await lessonSource('volmues', KNOWN, root)).toMatchObject({
      why: 'No lesson is called volmues; did you mean volumes?',
    });
    expect(await lessonSource('xyz', KNOWN, root)).toMatchObject({ why: 'No lesson is called xyz.' });
  });
  test.each(['./none', 'mine/files', '', '/'])('that leads to no lesson says so: %j', async (word) => {
    expect(await lessonSource(word, KNOWN, root)).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/^There is no lesson in .*: it has no lesson\.md\.$/) as string,
    });
  });
  test('steers no terminal, whatever it is', async () => {
    for (const word of ['\u001b[2Jx', 'a\u0000b', `https://\u001b]0;x\u0007`, 'x'.repeat(5000)])
      expect(JSON.stringify(await lessonSource(word, KNOWN, root))).not.toMatch(/\\u00/);
  });
});

test('a lesson is our own only inside our folder, also through a link', async () => {
  await symlink(folder, join(root, 'linked'));
  expect(await isOwnLesson(folder, root)).toBe(true);
  expect(await isOwnLesson(join(root, 'linked'), folder)).toBe(false);
  await mkdir(join(root, 'mine-too'));
  expect(await isOwnLesson(join(root, 'mine-too'), folder)).toBe(false);
});

describe('the digest of a lesson', () => {
  test('changes with every text, name and file, and not with the history of a clone', async () => {
    const seen = new Set([await lessonDigest(folder)]);
    const changes = [
      () => writeFile(join(folder, 'files', 'check.sh'), 'echo 2'),
      () => writeFile(join(folder, 'files', 'more'), ''),
      () => writeFile(join(folder, '.hidden'), ''),
      () => rm(join(folder, 'files', 'more')),
    ];
    for (const change of changes) {
      await change();
      seen.add(await lessonDigest(folder));
    }
    expect(seen.size).toBe(5);
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, '.git', 'HEAD'), 'x');
    seen.add(await lessonDigest(folder));
    expect(seen.size).toBe(5);
  });
  test('is none where a link could lead to something else later', async () => {
    await symlink('/etc/hostname', join(folder, 'files', 'link'));
    await expect(lessonDigest(folder)).rejects.toThrow(NoDigest);
  });
});

describe('trust', () => {
  const file = (): string => trustFile(join(root, 'state'));
  test('is given to a lesson as it is, and gone once it changes', async () => {
    const digest = await lessonDigest(folder);
    expect(isTrusted(await readTrust(file()), digest)).toBe(false);
    await trust(file(), { digest, folder, at: 5 });
    expect(isTrusted(await readTrust(file()), await lessonDigest(folder))).toBe(true);
    await writeFile(join(folder, 'files', 'check.sh'), 'rm -rf /');
    expect(isTrusted(await readTrust(file()), await lessonDigest(folder))).toBe(false);
  });
  test('adds to what was trusted before, each once', async () => {
    const [one, two] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];
    await trust(file(), { digest: one, folder, at: 1 });
    await trust(file(), { digest: two, folder, at: 2 });
    const { lessons } = await trust(file(), { digest: one, folder, at: 3 });
    expect(lessons.map(({ digest, at }) => [digest, at])).toEqual([
      [two, 2],
      [one, 3],
    ]);
  });
  test('is not given by a broken file', async () => {
    await mkdir(join(root, 'state'));
    for (const text of ['{', '[]', '{"version":1,"lessons":[{"digest":"x"}]}']) {
      await writeFile(file(), text);
      expect(await readTrust(file())).toEqual({ lessons: [] });
    }
  });
});
