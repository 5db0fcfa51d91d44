import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { Lesson, Step } from '../../../src/lesson/lesson.ts';
import { readProgress, writeProgress } from '../../../src/lesson/progress/progress-file.ts';
import { resume } from '../../../src/lesson/progress/progress-resume.ts';
import { progressReport, progressText } from '../../../src/lesson/progress/progress-text.ts';
import { progressFile, type LessonProgress } from '../../../src/lesson/progress/progress.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sl-progress-'));
  file = join(folder, 'learn', 'progress.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ENTRY: LessonProgress = {
  version: 3,
  begunAt: 1000,
  doneAt: null,
  steps: { one: { state: 'done', at: 2000 }, two: { state: 'skipped', at: 3000 } },
  passed: { running: 1500 },
  answers: { 'warm-up-quiz-1': 2 },
  hints: { one: 1 },
  values: { box: 'keep-7f' },
  seed: 'abc',
  runs: ['r1'],
  made: ['image:1'],
  baseline: {
    at: 900,
    containers: ['c'],
    images: [{ id: 'i', tags: ['tiny:1'] }],
    volumes: ['v'],
    networks: ['n'],
  },
  place: { kind: 'fence', host: 'unix:///x' },
  workFolder: '/w',
  practised: [{ line: 'docker ps', code: 0, step: 'look' }],
};

async function put(text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

function names(): Promise<string[]> {
  return readdir(dirname(file));
}

describe('the place of the file', () => {
  test.each([
    [{}, '/home/a/.local/state/slipway/learn/progress.json'],
    [{ XDG_STATE_HOME: '/state' }, '/state/slipway/learn/progress.json'],
    [{ XDG_STATE_HOME: 'relative' }, '/home/a/.local/state/slipway/learn/progress.json'],
  ])('with %j is %s', (env, expected) => {
    expect(progressFile(env, '/home/a')).toBe(expected);
  });
});

describe('a progress file', () => {
  it('comes back as it was written, for nobody else to read', async () => {
    await writeProgress(file, { seed: 's1', lessons: { thin: ENTRY } });
    const { progress, notes, readOnly } = await readProgress(file);
    expect({ progress, notes, readOnly }).toEqual({
      progress: { seed: 's1', set: '', lessons: { thin: ENTRY } },
      notes: [],
      readOnly: '',
    });
    expect(await names()).toEqual(['progress.json']);
  });

  it('keeps the set that was chosen last, whatever else is written', async () => {
    const setOf = async (): Promise<string> => (await readProgress(file)).progress.set;
    await writeProgress(file, { set: '90min' });
    await writeProgress(file, { seed: 's1', lessons: { a: ENTRY } });
    expect(await setOf()).toBe('90min');
    await writeProgress(file, { set: '' });
    expect(await setOf()).toBe('');
  });

  it('keeps other lessons, the first seed, and forgets a lesson when told to', async () => {
    await writeProgress(file, { seed: 's1', lessons: { a: ENTRY } });
    await writeProgress(file, { seed: 's2', lessons: { b: { ...ENTRY, version: 4 } } });
    await writeProgress(file, { lessons: { a: null } });
    const { progress } = await readProgress(file);
    expect(progress).toEqual({ seed: 's1', set: '', lessons: { b: { ...ENTRY, version: 4 } } });
  });

  it('has the last of many writes that were not waited for', async () => {
    const versions = Array.from({ length: 20 }, (_, version) => version);
    await Promise.all(
      versions.map((version) => writeProgress(file, { lessons: { a: { ...ENTRY, version } } })),
    );
    expect((await readProgress(file)).progress.lessons['a']?.version).toBe(19);
  });

  it('needs no more of a lesson than its version and when it was begun', async () => {
    await put('{"format":1,"lessons":{"a":{"version":1,"begunAt":5}}}');
    const { progress, notes } = await readProgress(file);
    expect(notes).toEqual([]);
    expect(progress.lessons['a']).toMatchObject({ version: 1, begunAt: 5, steps: {}, baseline: null });
  });

  it('does not let one bad entry take the others, nor lose it', async () => {
    const bad = { version: 'x', note: 'precious' };
    await put(JSON.stringify({ format: 1, lessons: { bad, good: ENTRY }, more: 'kept' }));
    const { progress, notes } = await readProgress(file);
    expect(Object.keys(progress.lessons)).toEqual(['good']);
    expect(notes).toEqual(['What was kept of the lesson “bad” cannot be read, so it begins anew.']);
    await writeProgress(file, { lessons: { other: ENTRY } });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ lessons: { bad }, more: 'kept' });
    await writeProgress(file, { lessons: { bad: ENTRY } });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      lessons: { bad: ENTRY },
      unreadable: { bad },
    });
  });

  test.each([
    '',
    '{"format":1,"lessons":{"a":',
    '\u0000\u0000',
    '[]',
    '"x"',
    '{"format":1}',
    '{"lessons":{}}',
  ])('that holds %j is moved aside and said so, never overwritten', async (text) => {
    await put(text);
    const { progress, notes, readOnly } = await readProgress(file);
    expect(progress.lessons).toEqual({});
    expect(readOnly).toBe('');
    expect(notes).toEqual([expect.stringContaining('was kept as')]);
    const [aside = ''] = await names();
    expect(aside).toMatch(/^progress\.json\.broken-/);
    expect(await readFile(join(dirname(file), aside), 'utf8')).toBe(text);
  });

  it('that was broken after it was read is moved aside by the write, too', async () => {
    await put('garbage');
    await writeProgress(file, { lessons: { a: ENTRY } });
    expect(await names()).toEqual(['progress.json', expect.stringMatching(/^progress\.json\.broken-/)]);
    expect((await readProgress(file)).progress.lessons['a']).toEqual(ENTRY);
  });

  it('of a newer Slipway is left alone', async () => {
    const text = '{"format":2,"lessons":[]}';
    await put(text);
    const { notes, readOnly } = await readProgress(file);
    expect(readOnly).toContain('newer Slipway (format 2)');
    expect(notes).toEqual([readOnly]);
    await expect(writeProgress(file, { lessons: { a: ENTRY } })).rejects.toThrow('newer Slipway');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('loses no lesson of two Slipways that write at once', async () => {
    const writers = ['a', 'b', 'c'].map((prefix) => startWriter(prefix, 25));
    const codes = await Promise.all(
      writers.map(async (writer) => (await once(writer, 'exit'))[0] as unknown),
    );
    expect(codes).toEqual([0, 0, 0]);
    expect(Object.keys((await readProgress(file)).progress.lessons)).toHaveLength(75);
    expect(await names()).toEqual(['progress.json']);
  });

  it('survives a Slipway that is killed in the middle of its writes, with all that was written', async () => {
    const written: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const writer = startWriter(`r${round}`, 100_000);
      const lines = createInterface({ input: writer.stdout ?? process.stdin });
      let seen = 0;
      for await (const line of lines) {
        if (/^\d+$/.test(line)) written.push(`r${round}-${line}`);
        // Not between two writes, but somewhere in the next one.
        if (++seen === 3 + round) setTimeout(() => writer.kill('SIGKILL'), round % 5);
      }
      const { progress, notes } = await readProgress(file);
      expect(notes).toEqual([]);
      expect(written.filter((id) => progress.lessons[id] === undefined)).toEqual([]);
    }
    await writeProgress(file, { lessons: { last: ENTRY } });
    expect(await names()).toEqual(['progress.json']);
  }, 60_000);
});

function startWriter(prefix: string, count: number): ChildProcess {
  const script = join(import.meta.dirname, 'write-progress.ts');
  return spawn(process.execPath, [...process.execArgv, script, file, prefix, `${count}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const NO_STEP: Omit<Step, 'id' | 'title'> = {
  kind: 'task',
  blocks: [],
  checks: [],
  hints: [],
  solution: [],
  line: 1,
};

function lesson(id: string, stepIds: readonly string[], more: Partial<Lesson> = {}): Lesson {
  return {
    id,
    number: 5,
    title: 'The thin layer',
    version: 4,
    minutes: 12,
    difficulty: 'beginner',
    requires: [],
    teaches: [],
    myths: [],
    needs: { docker: '20.10', podman: '4.0', features: [] },
    images: [],
    vars: {},
    intro: [],
    steps: stepIds.map((step) => ({ ...NO_STEP, id: step, title: step })),
    folder: '/x',
    language: 'en',
    ...more,
  };
}

describe('a lesson that is gone on with', () => {
  it('goes by ids of steps when it has another version', () => {
    const resumed = resume(ENTRY, lesson('thin', ['new', 'two', 'one', 'end']));
    expect(resumed.steps.map(({ state }) => state)).toEqual(['open', 'skipped', 'done', 'open']);
    expect(resumed).toMatchObject({ current: 0, isOtherVersion: true });
    expect([...resumed.passed.keys(), ...resumed.answers.keys()]).toEqual([]);
    expect([...resumed.hints]).toEqual([['one', 1]]);
  });

  it('stands behind its last step when all are ended', () => {
    expect(resume(ENTRY, lesson('thin', ['one', 'two'], { version: 3 }))).toMatchObject({
      current: 2,
      isOtherVersion: false,
    });
  });
});

describe('what `slipway progress` says', () => {
  const lessons = [
    lesson('first', ['one'], { number: 1, title: 'First', minutes: 8 }),
    lesson('thin', ['one', 'two']),
    lesson('half', ['one', 'end'], { number: 6, title: 'Half' }),
    lesson('fresh', ['one'], { number: null, title: 'Fresh' }),
  ];
  const done = { ...ENTRY, doneAt: Date.UTC(2026, 0, 2) };
  const progress = {
    seed: '',
    set: '',
    lessons: { first: done, thin: done, half: ENTRY, 'gone\u001b[31m': ENTRY },
  };

  it('never counts a skipped step as done', () => {
    expect(progressText(progress, lessons).split('\n')).toEqual([
      '✓  1  First             8 min  done 2026-01-02',
      '»  5  The thin layer   12 min  skipped: 1 of 2 steps done, 1 skipped',
      '…  6  Half             12 min  begun: 1 of 2 steps done',
      '       Fresh            12 min  not begun'.slice(1),
      '  kept of a lesson that is not here: gone',
      '',
      '1 of 4 lessons done, 8 minutes.',
    ]);
  });

  it('is there for programs, too', () => {
    expect(progressReport(progress, lessons)).toMatchObject({
      done: 1,
      minutesDone: 8,
      lessons: [
        { id: 'first', standing: 'done', doneAt: Date.UTC(2026, 0, 2) },
        { id: 'thin', standing: 'skipped', stepsDone: 1, stepsSkipped: 1, doneAt: null },
        { id: 'half', standing: 'begun' },
        { id: 'fresh', standing: 'new', begunAt: null },
      ],
    });
  });
});
