import { expect, test } from 'vitest';
import type { Test } from '../../../src/lesson/check.ts';
import { checksElsewhere } from '../../../src/lesson/facts/elsewhere.ts';
import { aCheck, aContainer, aWorld, container, verdictOn } from '../build-world.ts';

const box = (name: string): Test => container(name, { exists: true });

test('a claim about the second engine is judged there and not here', () => {
  const here = aWorld({ containers: [aContainer('web')] });
  const there = aWorld({ containers: [aContainer('far')] });
  const world = { ...here, elsewhere: there };
  expect(verdictOn({ elsewhere: box('far') }, world)).toEqual({ kind: 'pass' });
  expect(verdictOn({ elsewhere: box('web') }, world)?.kind).toBe('not-yet');
  expect(verdictOn({ all: [box('web'), { elsewhere: box('far') }] }, world)).toEqual({ kind: 'pass' });
  expect(verdictOn({ not: { elsewhere: box('web') } }, world)).toEqual({ kind: 'pass' });
});

test('without a second engine, or with one that is gone, nothing is said of it', () => {
  const gone = aWorld({ gone: { why: 'It has ended.', advice: 'Start it.' } });
  for (const elsewhere of [null, gone])
    for (const of of [{ elsewhere: box('far') }, { not: { elsewhere: box('far') } }])
      expect(verdictOn(of, aWorld({ elsewhere }))?.kind).toBe('blocked');
});

test('the second engine is asked only what a check says of it', () => {
  const checks = [
    aCheck({ all: [box('web'), { not: { elsewhere: box('far') } }] }),
    aCheck(box('web')),
    { ...aCheck(box('web')), otherwise: [{ if: { test: { elsewhere: box('other') } }, say: 'there' }] },
  ];
  expect(checksElsewhere(checks).map((one) => one.test)).toEqual([
    { all: [box('far')] },
    { all: [box('other')] },
  ]);
});
