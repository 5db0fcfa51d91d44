import { describe, expect, test } from 'vitest';
import type { Check, Test } from '../../../src/lesson/check.ts';
import { isStepDone, mustStillHold } from '../../../src/lesson/judge/is-step-done.ts';
import { judge } from '../../../src/lesson/judge/judge.ts';
import { NOTHING_JUDGED, type JudgeMemory } from '../../../src/lesson/verdict.ts';
import {
  LESSON,
  NOW,
  STEP,
  aCheck,
  aContainer,
  aVolume,
  aWorld,
  anEnded,
  anImage,
  container,
  image,
  verdictOn,
  volume,
} from '../build-world.ts';

const RUNNING = container('keep', { is: { state: 'running' } });
const UP = aWorld({ containers: [aContainer('keep')] });
const EMPTY = aWorld();
const GONE = aWorld({ gone: { why: 'The engine is gone.', advice: 'Start it again.' } });

function check(id: string, more: Partial<Check> = {}, claimed: Test = RUNNING): Check {
  return aCheck(claimed, { id, claim: `"keep" is ${id}`, ...more });
}

describe('an engine that is gone', () => {
  test('blocks what has not passed, and what has to hold now', () => {
    const checks = [check('ever'), check('open'), check('now', { mode: 'now' })];
    const memory: JudgeMemory = {
      ...NOTHING_JUDGED,
      passed: new Map([
        ['ever', 1],
        ['now', 1],
      ]),
    };
    const { verdicts, memory: after } = judge(checks, GONE, memory);
    const blocked = { kind: 'blocked', say: 'The engine is gone.', advice: 'Start it again.' };
    expect([...verdicts]).toEqual([
      ['ever', { kind: 'pass' }],
      ['open', blocked],
      ['now', blocked],
    ]);
    expect([...after.passed.keys()]).toEqual(['ever', 'now']);
  });
});

describe('only', () => {
  const checks = [check('here', { only: 'docker' }), check('there', { only: 'podman' })];

  test('leaves out what is for the other family, and counts it as passed', () => {
    const judgement = judge(checks, UP, NOTHING_JUDGED);
    expect([...judgement.verdicts.keys()]).toEqual(['here']);
    expect(isStepDone(checks, judgement, 'docker')).toBe(true);
    expect(isStepDone(checks, judge(checks, EMPTY, NOTHING_JUDGED), 'docker')).toBe(false);
  });

  test('does not hold up what needs it', () => {
    const follower = check('follower', { needs: ['there'] });
    expect(judge([...checks, follower], UP, NOTHING_JUDGED).verdicts.get('follower')).toEqual({
      kind: 'pass',
    });
  });
});

describe('needs', () => {
  const missing = check('there', {}, container('web'));
  const follower = check(
    'after',
    { needs: ['there'], otherwise: [{ if: { test: RUNNING }, say: 'wrong' }] },
    container('db'),
  );

  test('what has to come first is named, and nothing is a mistake before it', () => {
    const { verdicts } = judge([follower, missing], UP, NOTHING_JUDGED);
    expect(verdicts.get('after')).toEqual({
      kind: 'not-yet',
      say: 'First: "keep" is there',
      expected: '"keep" is there',
      actual: 'not so yet',
    });
    const world = aWorld({ containers: [aContainer('keep'), aContainer('web')] });
    expect(judge([follower, missing], world, NOTHING_JUDGED).verdicts.get('after')).toMatchObject({
      kind: 'mistake',
    });
  });

  test('what has passed once is enough, unless it has to hold now', () => {
    const memory = { ...NOTHING_JUDGED, passed: new Map([['there', 5]]) };
    const after = check('after', { needs: ['there'] });
    const verdictAfter = (needed: Check) => judge([needed, after], UP, memory).verdicts.get('after')?.kind;
    expect(verdictAfter(missing)).toBe('pass');
    expect(verdictAfter({ ...missing, mode: 'now' })).toBe('not-yet');
  });

  test('checks that need each other, or one that is not there, are blocked', () => {
    const [a, b] = [check('a', { needs: ['b'] }), check('b', { needs: ['a'] })];
    const { verdicts } = judge([a, b, check('c', { needs: ['nowhere'] })], UP, NOTHING_JUDGED);
    expect(verdicts.get('b')).toMatchObject({ kind: 'blocked', say: expect.stringContaining('"a"') });
    expect(verdicts.get('a')?.kind).toBe('not-yet');
    expect(verdicts.get('c')).toMatchObject({ kind: 'blocked', say: expect.stringContaining('"nowhere"') });
  });
});

describe('mode', () => {
  const checks = [check('ever'), check('now', { mode: 'now' })];

  test('ever stays passed, now falls back', () => {
    const first = judge(checks, UP, NOTHING_JUDGED);
    expect(isStepDone(checks, first, 'docker')).toBe(true);
    expect([...first.memory.passed.values()]).toEqual([NOW, NOW]);
    const second = judge(checks, { ...EMPTY, at: NOW + 1 }, first.memory);
    expect(second.verdicts.get('ever')).toEqual({ kind: 'pass' });
    expect(second.verdicts.get('now')?.kind).toBe('not-yet');
    expect(isStepDone(checks, second, 'docker')).toBe(false);
    expect(second.memory.passed.get('ever')).toBe(NOW);
  });

  test('now is what has to hold still later', () => {
    const others = [...checks, check('podman', { mode: 'now', only: 'podman' })];
    expect(mustStillHold(others, 'docker').map(({ id }) => id)).toEqual(['now']);
    expect(mustStillHold(others, 'podman').map(({ id }) => id)).toEqual(['now', 'podman']);
  });

  test('a step is done by what passed before, too', () => {
    const judgement = judge([], EMPTY, {
      ...NOTHING_JUDGED,
      passed: new Map([
        ['ever', 1],
        ['now', 1],
      ]),
    });
    expect(isStepDone([check('ever')], judgement, 'docker')).toBe(true);
    expect(isStepDone(checks, judgement, 'docker')).toBe(false);
  });
});

describe('stable', () => {
  const steady = check('steady', { stable: 2000 });
  const look = (at: number, memory: JudgeMemory, world = UP) => judge([steady], { ...world, at }, memory);

  test('what holds has to go on so for long enough', () => {
    const first = look(NOW, NOTHING_JUDGED);
    expect(first.verdicts.get('steady')).toEqual({
      kind: 'not-yet',
      say: 'It holds; it has to stay so for 2 s.',
      expected: 'the same for 2 s',
      actual: 'it has held for 0 s',
    });
    expect(first.lookAgainAt).toBe(NOW + 2000);
    const second = look(NOW + 1500, first.memory);
    expect(second.verdicts.get('steady')).toMatchObject({ actual: 'it has held for 1.5 s' });
    expect(second.lookAgainAt).toBe(NOW + 2000);
    const third = look(NOW + 2000, second.memory);
    expect(third.verdicts.get('steady')).toEqual({ kind: 'pass' });
    expect(third.lookAgainAt).toBeNull();
  });

  test.each([
    ['it does not hold', EMPTY],
    ['the engine is gone', GONE],
  ])('waits anew after a look at which %s', (_, world) => {
    const first = look(NOW, NOTHING_JUDGED);
    const broken = look(NOW + 1000, first.memory, world);
    expect(broken.lookAgainAt).toBeNull();
    expect(look(NOW + 2500, broken.memory).lookAgainAt).toBe(NOW + 4500);
  });

  test('waits anew when the container ended between two looks', () => {
    const first = look(NOW, NOTHING_JUDGED);
    const end = { at: NOW + 1000, kind: 'container', action: 'die', id: 'x', name: 'keep' } as const;
    expect(look(NOW + 2000, first.memory, { ...UP, events: [end] }).lookAgainAt).toBe(NOW + 3000);
    const others = { ...end, name: 'web' };
    expect(look(NOW + 2000, first.memory, { ...UP, events: [others] }).verdicts.get('steady')?.kind).toBe(
      'pass',
    );
  });

  test('does not wait for ever for a clock that was set back', () => {
    const first = look(NOW, NOTHING_JUDGED);
    const back = look(NOW - 60_000, first.memory);
    expect(back.lookAgainAt).toBe(NOW - 58_000);
  });

  test('the nearest time to look again is told', () => {
    const checks = [steady, check('soon', { stable: 500 }), check('late', { stable: 9000 })];
    expect(judge(checks, UP, NOTHING_JUDGED).lookAgainAt).toBe(NOW + 500);
  });
});

describe('what the author says', () => {
  const since = 'step' as const;

  test('the first entry that fits is the mistake, and its words are filled in', () => {
    const otherwise = [
      { if: { actual: { state: 'created' } }, say: 'Not started.' },
      {
        if: { actual: { state: 'exited', exitCode: 137 } },
        say: '"{{actual.name}}" stopped with {{actual.exitCode}}.',
      },
      { if: { actual: { state: 'exited' } }, say: 'too late' },
      { if: null, say: 'Nothing yet.' },
    ];
    const world = aWorld({ containers: [anEnded('keep', 137)] });
    expect(verdictOn(RUNNING, world, otherwise)).toEqual({
      kind: 'mistake',
      which: 1,
      say: '"keep" stopped with 137.',
      expected: 'running',
      actual: 'exited, exit code 137 (killed)',
    });
    expect(verdictOn(RUNNING, EMPTY, otherwise)).toMatchObject({ kind: 'not-yet', say: 'Nothing yet.' });
    const paused = aWorld({ containers: [aContainer('keep', { state: 'paused' })] });
    expect(verdictOn(RUNNING, paused, otherwise.slice(0, 3))).toMatchObject({
      kind: 'not-yet',
      say: 'Expected: running. Found: paused.',
    });
  });

  test('nothing is a mistake before anything was done in the step', () => {
    const otherwise = [{ if: { actual: { state: 'exited' as const } }, say: 'It has ended.' }];
    const world = aWorld({ containers: [anEnded('keep', 0)] });
    expect(verdictOn(RUNNING, world, otherwise).kind).toBe('mistake');
    const calls = world.calls.map((call) => ({ ...call, at: STEP - 1 }));
    expect(verdictOn(RUNNING, { ...world, calls }, otherwise)).toMatchObject({
      kind: 'not-yet',
      say: 'It has ended.',
    });
  });

  const other = [
    {
      if: { other: { image: 'tiny:1', since } },
      say: 'I see "{{other.name}}" from {{ other.image }}, {{other.state}}.',
    },
  ];

  test('something else that is there is named; the nearest name first, then the newest', () => {
    const names = (...containers: ReturnType<typeof aContainer>[]) =>
      verdictOn(RUNNING, aWorld({ containers }), other);
    const web = aContainer('web');
    expect(names(web)).toMatchObject({ kind: 'mistake', say: 'I see "web" from tiny:1, running.' });
    expect(names(web, aContainer('kepe', { createdAt: STEP + 1 }))).toMatchObject({
      say: expect.stringContaining('"kepe"'),
    });
    expect(names(web, aContainer('newer', { createdAt: STEP + 9000 }))).toMatchObject({
      say: expect.stringContaining('"newer"'),
    });
  });

  test('the subject itself is never something else, nor what was there before', () => {
    const own = aWorld({ containers: [anEnded('keep', 0)] });
    expect(verdictOn(RUNNING, own, other).kind).toBe('not-yet');
    const foreign = aWorld({ containers: [aContainer('web', { ours: false, createdAt: LESSON - 1 })] });
    expect(verdictOn(RUNNING, foreign, other).kind).toBe('not-yet');
    const before = aWorld({ containers: [aContainer('web', { createdAt: STEP - 1 })] });
    expect(verdictOn(RUNNING, before, other).kind).toBe('not-yet');
    const tagged = aWorld({
      images: [anImage('snap:1', { ours: true, tags: ['snap:1', 'b:1'], createdAt: NOW })],
    });
    expect(
      verdictOn(image('b:1', { labels: { a: 'b' } }), tagged, [{ if: { other: {} }, say: 'other' }]).kind,
    ).toBe('not-yet');
  });

  test('something else is of the kind of the subject', () => {
    const world = aWorld({ containers: [aContainer('web')], volumes: [aVolume('note')] });
    expect(
      verdictOn(volume('notes'), world, [
        { if: { other: {} }, say: 'I see "{{other.name}}", {{other.image}}' },
      ]),
    ).toMatchObject({
      say: 'I see "note", ?',
    });
  });

  test('a typed line counts from the beginning of the step', () => {
    const otherwise = [{ if: { typed: String.raw`^docker volume \w+$` }, say: 'It wants `create`.' }];
    const typed = [{ at: STEP + 1, line: 'docker volume mydata', code: 1 }];
    expect(verdictOn(volume('mydata'), aWorld({ typed }), otherwise)).toMatchObject({
      kind: 'mistake',
      which: 0,
    });
    const before = [{ at: STEP - 1, line: 'docker volume mydata', code: 1 }];
    expect(verdictOn(volume('mydata'), aWorld({ typed: before }), otherwise).kind).toBe('not-yet');
  });

  test('a program of the author speaks for itself', () => {
    const script: Test = { script: { file: 'c.sh', input: {} } };
    const world = (status: 'not-yet' | 'mistake', say: string) =>
      aWorld({
        facts: new Map([
          [
            JSON.stringify({ ask: 'script', file: 'c.sh', input: {} }),
            { known: true, value: { script: { status, say } } },
          ],
        ]),
      });
    const fallback = [{ if: null, say: 'In general.' }];
    expect(verdictOn(script, world('mistake', 'Wrong port.'), fallback)).toMatchObject({
      kind: 'mistake',
      say: 'Wrong port.',
    });
    expect(verdictOn(script, world('not-yet', 'Nearly.'), fallback)).toMatchObject({
      kind: 'not-yet',
      say: 'Nearly.',
    });
    expect(verdictOn(script, world('not-yet', ''), fallback)).toMatchObject({
      kind: 'not-yet',
      say: 'In general.',
    });
  });

  test('texts of the engine are cleaned and cut before they are said', () => {
    const nasty = aContainer('keep', { state: 'exited', image: `\x1b[31m${'x'.repeat(5000)}\u202e` });
    const otherwise = [{ if: { actual: { state: 'exited' } }, say: 'from {{actual.image}}' }];
    const verdict = verdictOn(
      container('keep', { image: 'tiny:1' }),
      aWorld({ containers: [nasty] }),
      otherwise,
    );
    expect(verdict).toMatchObject({
      say: `from ${'x'.repeat(79)}…`,
      actual: `made from "${'x'.repeat(59)}…"`,
    });
  });
});

test('a check that breaks the judge is blocked, and the others are judged', () => {
  const broken = check('broken', {}, { subject: 'container', of: { name: 'keep' } } as unknown as Test);
  const novel = check('novel', {}, { subject: 'galaxy', predicates: [] } as unknown as Test);
  const unheard = check('unheard', {}, container('keep', { weight: 3 } as never));
  let deep: Test = RUNNING;
  for (let i = 0; i < 100_000; i += 1) deep = { not: deep };
  const { verdicts } = judge(
    [broken, novel, unheard, check('deep', {}, deep), check('fine')],
    UP,
    NOTHING_JUDGED,
  );
  expect([...verdicts.values()].map(({ kind }) => kind)).toEqual([
    'blocked',
    'blocked',
    'blocked',
    'blocked',
    'pass',
  ]);
});
