import { describe, expect, test } from 'vitest';
import type { ContainerPredicate, Test } from '../../../src/lesson/check.ts';
import type { Step } from '../../../src/lesson/lesson.ts';
import { missing } from '../../../src/lesson/judge/missing.ts';
import type { Verdict } from '../../../src/lesson/verdict.ts';
import type { ContainerFacts, World } from '../../../src/lesson/world.ts';
import { aCheck, aLesson, aStep } from '../a-lesson.ts';

const box = (name: string, ...predicates: ContainerPredicate[]): Test => ({
  subject: 'container',
  of: { name },
  predicates,
});
const volume: Test = { subject: 'volume', of: { name: 'notes' }, predicates: [{ exists: true }] };
const running: ContainerPredicate = { is: { state: 'running' } };
const restarted: ContainerPredicate = { event: { action: 'restart', since: 'step' } };

const run = aStep('run', [], {
  checks: [aCheck('running', box('keep', running), { claim: '"keep" is running' })],
  solution: ['docker run -d --name keep tiny:1 sleep 1d'],
});
const note = aStep('note', [], {
  checks: [aCheck('note', box('keep', { diff: { added: '/note' } }))],
  solution: ['docker exec keep touch /note'],
});
const store = aStep('store', [], {
  checks: [aCheck('volume', volume)],
  solution: ['docker volume create notes'],
});
const restart = aStep('restart', [], {
  checks: [
    aCheck('restarted', { all: [box('keep', running, restarted)] }),
    aCheck('still', box('keep', { file: { path: '/note', exists: true } }), {
      mode: 'now',
      claim: 'the note is still there',
    }),
  ],
  solution: ['docker restart keep'],
});
const remove = aStep('remove', [], {
  checks: [aCheck('removed', box('keep', { exists: false }))],
  solution: ['docker rm -f keep'],
});
const all = [run, note, store, restart];

function aWorld(held: { containers?: string[]; volumes?: string[]; images?: string[] }): World {
  return {
    at: 0,
    engine: { family: 'docker', version: '20.10', rootless: false, features: new Set() },
    gone: null,
    containers: (held.containers ?? []).map((name) => ({ id: 'c'.repeat(64), name }) as ContainerFacts),
    images: (held.images ?? []).map(
      (tag) => ({ id: tag, tags: [tag] }) as unknown as World['images'][number],
    ),
    volumes: (held.volumes ?? []).map((name) => ({ name }) as World['volumes'][number]),
    networks: [],
    events: [],
    registry: null,
    typed: [],
    calls: [],
    began: { lesson: 0, step: 0 },
    facts: new Map(),
    elsewhere: null,
  };
}

const PASS: Verdict = { kind: 'pass' };
const NOT_YET: Verdict = { kind: 'not-yet', say: 'no', expected: 'x', actual: 'y' };

function ask(
  steps: readonly Step[],
  held: Parameters<typeof aWorld>[0],
  verdicts: Record<string, Verdict> = {},
) {
  const open = aStep('open', [], { checks: [aCheck('later', box('never'))], solution: ['docker run never'] });
  const lesson = aLesson('l', [...steps, open]);
  const standing = lesson.steps.map(({ id }) => ({
    state: id === 'open' ? ('open' as const) : ('done' as const),
  }));
  return missing(lesson, standing, { verdicts: new Map(Object.entries(verdicts)) }, aWorld(held));
}

test('nothing is missing while all is there, and nothing is wanted of steps to come', () => {
  expect(ask(all, { containers: ['keep'], volumes: ['notes'] }, { still: PASS })).toBeNull();
  expect(ask([], {})).toBeNull();
});

describe('a box that is gone', () => {
  test('is named, with the commands of all steps that had to do with it, in order', () => {
    expect(ask(all, { volumes: ['notes'] }, { still: NOT_YET })).toEqual({
      text: 'Your box "keep" is gone. Replay the 3 commands that made it?',
      replay: [
        'docker run -d --name keep tiny:1 sleep 1d',
        'docker exec keep touch /note',
        'docker restart keep',
      ],
      steps: ['run', 'note', 'restart'],
      inTheWay: [],
    });
  });
  test('is not missed once a step was there to remove it', () => {
    expect(ask([run, note, remove], {})).toBeNull();
    const event = aStep('remove', [], {
      checks: [aCheck('e', box('keep', { event: { action: 'destroy', since: 'step' } }))],
    });
    expect(ask([run, note, event], {})).toBeNull();
    const not = aStep('remove', [], { checks: [aCheck('n', { not: box('keep', { exists: true }) })] });
    expect(ask([run, note, not], {})).toBeNull();
  });
  test('that was made anew after that is missed, without what was before', () => {
    const again = { ...run, id: 'again' };
    expect(ask([run, note, remove, again], {})?.steps).toEqual(['again']);
  });
  test('and a volume are told together', () => {
    expect(ask(all, {}, { still: NOT_YET })?.text).toBe(
      'Your box "keep" and your volume "notes" are gone. Replay the 4 commands that made them?',
    );
  });
  test('that was only one of several that would do is not missed', () => {
    expect(
      ask([aStep('any', [], { checks: [aCheck('a', { any: [box('x', running), volume] })] })], {}),
    ).toBeNull();
  });
  test('that was made by a step without a solution leads to a reset', () => {
    expect(ask([{ ...run, solution: [] }], {})).toMatchObject({
      text: 'Your box "keep" is gone. Reset the lesson to have it again.',
      replay: [],
    });
  });
});

describe('a box that is there', () => {
  test('but not as it has to be, is told by the claim, and is in the way of making it again', () => {
    const found = ask(all, { containers: ['keep'], volumes: ['notes'] }, { still: NOT_YET });
    expect(found).toMatchObject({
      text: 'No longer so: the note is still there. Replay the 3 commands that made it?',
      steps: ['run', 'note', 'restart'],
      inTheWay: [{ kind: 'container', name: 'keep' }],
    });
  });
  test('is not asked to be as a later step has changed it', () => {
    const now = { ...run, checks: [aCheck('running', box('keep', running), { mode: 'now' })] };
    const stop = aStep('stop', [], { checks: [aCheck('s', box('keep', { is: { state: 'exited' } }))] });
    const held = { containers: ['keep'] };
    expect(ask([now, stop], held, { running: NOT_YET })).toBeNull();
    expect(ask([now, note], held, { running: NOT_YET })?.steps).toEqual(['run', 'note']);
  });
});

test('what could not be judged, or what is for another engine, is not missed', () => {
  const blocked: Verdict = { kind: 'blocked', say: 'no', advice: '' };
  expect(ask(all, { containers: ['keep'], volumes: ['notes'] }, { still: blocked })).toBeNull();
  const podman = { ...run, checks: [aCheck('p', box('pod'), { only: 'podman' })] };
  expect(ask([podman], {})).toBeNull();
});

test('nothing is said while the engine is gone', () => {
  const lesson = aLesson('l', [run]);
  const gone = { ...aWorld({}), gone: { why: 'x', advice: '' } };
  expect(missing(lesson, [{ state: 'done' }], { verdicts: new Map() }, gone)).toBeNull();
});

test('an image without a tag is the latest one', () => {
  const built = aStep('build', [], {
    checks: [aCheck('i', { subject: 'image', of: { name: 'site' }, predicates: [{ exists: true }] })],
    solution: ['docker build -t site .'],
  });
  expect(ask([built], { images: ['site:latest'] })).toBeNull();
  expect(ask([built], { images: ['site:1'] })?.text).toBe(
    'Your image "site" is gone. Replay the command that made it?',
  );
});

test('a name that steers a terminal does not get to it', () => {
  expect(ask([{ ...run, checks: [aCheck('r', box('a\u001b[2Jb'))] }], {})?.text).toContain(
    'Your box "ab" is gone.',
  );
});
