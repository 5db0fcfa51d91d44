import { describe, expect, test } from 'vitest';
import { UNPROVIDED } from '../../src/lesson/lesson.ts';
import { chooseValues } from '../../src/lesson/choose-values.ts';
import { fillIn, fillInTest } from '../../src/lesson/fill-in.ts';
import { parseLesson } from '../../src/lesson/read/parse-lesson.ts';
import { RICH } from './rich-lesson.ts';

const { lesson, tests } = parseLesson(RICH, '/lessons/05-rich');
if (lesson === null) throw new Error('the rich lesson cannot be read');
const values = { box: 'keep-7f', word: 'amber-otter', port: '8090' };
const filled = fillIn(lesson, values);

test('variables are filled in everywhere, and what is said later stays', () => {
  expect(filled.title).toBe('All of it, with keep-7f');
  const [running] = filled.steps[1]?.checks ?? [];
  expect(running).toMatchObject({
    claim: '"keep-7f" is running',
    look: 'containers/keep-7f',
    test: { of: { name: 'keep-7f' } },
  });
  expect(running?.test).toHaveProperty(
    'predicates',
    expect.arrayContaining([{ port: { container: 80, host: 8090, published: true } }]),
  );
  expect(running?.otherwise.map(({ say }) => say)).toContain('It stopped with code {{actual.exitCode}}.');
  expect(filled.steps[3]?.solution).toEqual(['docker rm -f keep-7f']);
  expect(JSON.stringify([filled.steps, filled.intro])).not.toMatch(/\{\{(?!actual|other)/);
  expect(tests.map((each) => fillInTest(each, values).run[0])).toContain(
    'docker run --name keep-7f tiny:1 true',
  );
});

describe('values', () => {
  const here = {
    taken: new Set<string>(),
    seed: 'ada',
    isPortFree: () => Promise.resolve(true),
    provided: UNPROVIDED,
  };

  test('are what the lesson asks for where it is free', async () => {
    const chosen = await chooseValues(lesson.vars, here);
    expect(chosen).toMatchObject({ box: 'keep', port: '8088' });
    expect(chosen['word']).toMatch(/^[a-z]+-[a-z]+$/);
  });

  test('get a suffix, or a later port, where it is taken, always the same for one learner', async () => {
    const first = await chooseValues(lesson.vars, {
      ...here,
      taken: new Set(['keep']),
      isPortFree: (port) => Promise.resolve(port > 8090),
    });
    expect(first['box']).toMatch(/^keep-[0-9a-f]{2}$/);
    expect(first['port']).toBe('8091');
    const again = await chooseValues(lesson.vars, { ...here, taken: new Set(['keep', first['box'] ?? '']) });
    expect(again['box']).toMatch(/^keep-[0-9a-f]{3}$/);
    expect(again['box']?.startsWith(first['box'] ?? '?')).toBe(true);
    expect(again['word']).toBe(first['word']);
  });

  test('are one of several, always the same one for one learner, and each of them for somebody', async () => {
    const vars = { day: { pick: ['mon', 'tue', 'wed'] } };
    const chosen = async (seed: string): Promise<string | undefined> =>
      (await chooseValues(vars, { ...here, seed }))['day'];
    expect(await chosen('ada')).toBe(await chosen('ada'));
    const all = await Promise.all(Array.from({ length: 30 }, (_, i) => chosen(`learner ${i}`)));
    expect(new Set(all)).toEqual(new Set(vars.day.pick));
  });

  test('keep the tag of an image where it is, and give two variables two names', async () => {
    const vars = { a: { name: 'snap:1' }, b: { name: 'snap:1' }, p: { port: 9000 }, q: { port: 9000 } };
    const chosen = await chooseValues(vars, here);
    expect(chosen).toMatchObject({ a: 'snap:1', p: '9000', q: '9001' });
    expect(chosen['b']).toMatch(/^snap-[0-9a-f]{2}:1$/);
  });

  test('are what a feature has brought', async () => {
    const vars = { c: { from: 'compose' }, r: { from: 'registry' } } as const;
    const provided = { ...UNPROVIDED, compose: 'docker-compose' };
    expect(await chooseValues(vars, { ...here, provided })).toEqual({
      c: 'docker-compose',
      r: '127.0.0.1:5000',
    });
  });

  test('differ between learners', async () => {
    const words = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        chooseValues({ word: { words: 2 } }, { ...here, seed: `learner ${i}` }),
      ),
    );
    expect(new Set(words.map(({ word }) => word)).size).toBeGreaterThan(15);
  });

  test('say so where no port is free', async () => {
    const none = { ...here, isPortFree: () => Promise.resolve(false) };
    await expect(chooseValues({ p: { port: 65_000 } }, none)).rejects.toThrow(
      'no port from 65000 to 65199 is free',
    );
  });
});
