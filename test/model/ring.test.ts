import { describe, expect, test } from 'vitest';
import { appendToRing, emptyRing, forgetBefore, itemAt, sliceOf, type Ring } from '../../src/model/ring.ts';
import { dice } from '../support/odd-text.ts';

const make = (items: number, weight = Infinity): Ring<string> =>
  emptyRing({ items, weight, weigh: (item) => item.length });
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `${from + at}`);

describe('a ring', () => {
  test('keeps the newest and counts the forgotten', () => {
    const ring = appendToRing(make(1000), numbers(0, 2500));
    expect([ring.first, ring.end, itemAt(ring, 1499), itemAt(ring, 1500), itemAt(ring, 2500)]).toEqual([
      1500,
      2500,
      undefined,
      '1500',
      undefined,
    ]);
    expect([...sliceOf(ring, 2498)]).toEqual(['2498', '2499']);
  });
  test('is bounded by weight too, but keeps the newest item however heavy', () => {
    const ring = appendToRing(make(100, 10), ['aaaa', 'bbbb', 'cccc']);
    expect([...sliceOf(ring)]).toEqual(['bbbb', 'cccc']);
    expect([...sliceOf(appendToRing(ring, ['x'.repeat(50)]))]).toEqual(['x'.repeat(50)]);
  });
  test('does not change when another grows out of it, nor do two that grow out of one', () => {
    const base = appendToRing(make(600), numbers(0, 300));
    const left = appendToRing(base, ['left']);
    const right = appendToRing(base, ['right', 'more']);
    expect([...sliceOf(base, 298)]).toEqual(['298', '299']);
    expect([...sliceOf(left, 299)]).toEqual(['299', 'left']);
    expect([...sliceOf(right, 299)]).toEqual(['299', 'right', 'more']);
  });
  test('holds what a plain array would, whatever is done with it', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const { below } = dice(seed);
      let [ring, plain, first] = [make(700, 2000), [] as string[], 0];
      for (let turn = 0; turn < 20; turn += 1) {
        const batch = numbers(0, below(400));
        ring = appendToRing(ring, batch);
        plain.push(...batch);
        const tooMany = (): boolean => plain.length > 700 || plain.join('').length > 2000;
        while (plain.length > 1 && tooMany()) {
          plain = plain.slice(1);
          first += 1;
        }
        if (below(4) === 0) {
          const cut = Math.min(plain.length, below(50));
          ring = forgetBefore(ring, first + cut);
          plain = plain.slice(cut);
          first += cut;
        }
        expect([...sliceOf(ring)], `seed ${seed}`).toEqual(plain);
        expect([ring.first, ring.weight], `seed ${seed}`).toEqual([first, plain.join('').length]);
      }
    }
  });
  test('lets go of what it forgot: chunks do not pile up', () => {
    let ring = make(1000, 100_000);
    for (let turn = 0; turn < 2000; turn += 1) ring = appendToRing(ring, numbers(0, 10));
    expect(ring.chunks.length).toBeLessThan(8);
    let heavy = make(10_000, 64_000);
    for (let turn = 0; turn < 500; turn += 1) heavy = appendToRing(heavy, ['x'.repeat(1000)]);
    const held = heavy.chunks.reduce((sum, chunk) => sum + chunk.items.length, 0);
    expect(held).toBeLessThan(70);
  });
  test('grows in time proportional to the batch', () => {
    const full = appendToRing(make(10_000), numbers(0, 10_000));
    let ring = full;
    const started = performance.now();
    for (let turn = 0; turn < 10_000; turn += 1) ring = appendToRing(ring, ['x']);
    expect(performance.now() - started).toBeLessThan(500);
    expect(ring.first).toBe(10_000);
  });
});
