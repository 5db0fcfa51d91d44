import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startCheckLoop } from '../../../src/app/learn/check-loop.ts';
import { until } from '../../support/until.ts';

let living: AbortController;
let bugs: unknown[];
beforeEach(() => {
  vi.useFakeTimers();
  living = new AbortController();
  bugs = [];
});
afterEach(() => {
  living.abort();
  vi.useRealTimers();
});

/** A loop whose looks end when they are told to. */
function aLoop(lookAgainAt: () => number | null = () => null) {
  const open: (() => void)[] = [];
  let looks = 0;
  const look = async (): Promise<{ lookAgainAt: number | null }> => {
    looks += 1;
    await new Promise<void>((resolve) => open.push(resolve));
    return { lookAgainAt: lookAgainAt() };
  };
  const loop = startCheckLoop(look, living.signal, (error) => bugs.push(error));
  const end = async (): Promise<void> => {
    open.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { loop, open, end, looks: () => looks };
}

test('a burst of events leads to one look', async () => {
  const { loop, looks } = aLoop();
  for (let i = 0; i < 20; i += 1) loop.wake();
  expect(looks()).toBe(0);
  await vi.advanceTimersByTimeAsync(100);
  expect(looks()).toBe(1);
});

test('what happens during a look leads to another, and never to two at a time', async () => {
  vi.useRealTimers();
  const { loop, open, looks } = aLoop();
  const first = loop.lookNow();
  await until(() => open.length === 1);
  const second = loop.lookNow();
  expect(looks()).toBe(1);
  open.shift()!();
  await until(() => open.length === 1);
  open.shift()!();
  await Promise.all([first, second]);
  expect(looks()).toBe(2);
});

test('it looks again after the last event, because lists lag behind events, and then rests', async () => {
  const { loop, end, looks } = aLoop();
  loop.wake();
  for (let i = 0; i < 40; i += 1) {
    await vi.advanceTimersByTimeAsync(100);
    await end();
  }
  expect(looks()).toBe(3);
});

test('a look asked for by a key waits for nothing, and is over when that look is', async () => {
  const { loop, end, looks } = aLoop();
  let isOver = false;
  const asked = loop.lookNow().then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(0);
  expect([looks(), isOver]).toEqual([1, false]);
  await end();
  await asked;
  expect(isOver).toBe(true);
});

test('a verdict that needs time brings the next look by itself', async () => {
  const soon = Date.now() + 5_000;
  const times: (number | null)[] = [soon, null];
  const { loop, end, looks } = aLoop(() => times.shift() ?? null);
  const asked = loop.lookNow();
  await vi.advanceTimersByTimeAsync(0);
  await end();
  await asked;
  await vi.advanceTimersByTimeAsync(4_900);
  expect(looks()).toBe(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(looks()).toBe(2);
});

test('after its end it looks no more, and a look that fails then is nobody’s bug', async () => {
  const fail = vi.fn(async () => Promise.reject(new Error('gone')));
  const loop = startCheckLoop(fail, living.signal, (error) => bugs.push(error));
  await loop.lookNow();
  expect(bugs).toEqual([new Error('gone')]);
  loop.wake();
  living.abort();
  loop.wake();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(fail).toHaveBeenCalledTimes(1);
});
