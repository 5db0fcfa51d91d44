import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepInStep } from '../../src/app/keep-in-step.ts';
import type { State } from '../../src/model/state.ts';
import { newStore } from './program-parts.ts';

/** The filter of the volumes stands for what is wanted: nothing else in here looks at it. */
const wanted = (state: State): readonly string[] => state.lists.volume.filter.split(' ').filter(Boolean);

function setUp(settle?: number) {
  const store = newStore();
  const living = new AbortController();
  const log: string[] = [];
  const errors: unknown[] = [];
  const fails = new Set<string>();
  keepInStep(
    store,
    wanted,
    async (key, signal) => {
      log.push(`+${key}`);
      signal.addEventListener('abort', () => log.push(`-${key}`));
      if (fails.has(key)) throw new Error(key);
    },
    {
      ...(settle === undefined ? {} : { settle }),
      signal: living.signal,
      onError: (error) => errors.push(error),
    },
  );
  const want = (filter: string): void =>
    store.dispatch({ type: 'list-changed', kind: 'volume', view: { filter } });
  return { store, living, log, errors, fails, want };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe('tasks', () => {
  test('start with what is wanted and are aborted when it is not', () => {
    const { want, log } = setUp();
    want('a b');
    vi.advanceTimersByTime(5);
    want('b c');
    vi.advanceTimersByTime(5);
    expect(log).toEqual(['+a', '+b', '-a', '+c']);
  });
  test('are left alone by changes that want the same', () => {
    const { want, log, store } = setUp();
    want('a');
    vi.advanceTimersByTime(5);
    store.dispatch({ type: 'zoom-toggled' });
    want(' a ');
    vi.advanceTimersByTime(5);
    expect(log).toEqual(['+a']);
  });
  test('that have ended start again only after they were not wanted for a while', () => {
    const { want, log } = setUp();
    for (const filter of ['a', '', 'a']) {
      want(filter);
      vi.advanceTimersByTime(5);
    }
    expect(log).toEqual(['+a', '-a', '+a']);
  });
  test('all end with the program', () => {
    const { want, log, living } = setUp();
    want('a b');
    vi.advanceTimersByTime(5);
    living.abort();
    want('c');
    vi.advanceTimersByTime(5);
    expect(log).toEqual(['+a', '+b', '-a', '-b']);
  });
  test('that fail are told of, unless they were aborted', async () => {
    const { want, errors, fails, living } = setUp();
    fails.add('bad');
    want('bad');
    await vi.advanceTimersByTimeAsync(5);
    expect(errors).toEqual([new Error('bad')]);
    fails.add('late');
    want('late');
    vi.advanceTimersByTime(1);
    living.abort();
    await vi.advanceTimersByTimeAsync(5);
    expect(errors).toHaveLength(1);
  });
});

describe('with time to settle', () => {
  test('the first change counts at once, a row of them where it comes to rest', () => {
    const { want, log } = setUp(80);
    want('a');
    expect(log).toEqual([]);
    vi.advanceTimersByTime(80);
    expect(log).toEqual(['+a']);
    vi.advanceTimersByTime(500);
    want('b');
    expect(log).toEqual(['+a', '-a', '+b']);
    for (const filter of ['c', 'd', 'e']) {
      vi.advanceTimersByTime(30);
      want(filter);
    }
    vi.advanceTimersByTime(79);
    expect(log.slice(3)).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(log.slice(3)).toEqual(['-b', '+e']);
  });
  test('coming back to where it was starts nothing anew', () => {
    const { want, log } = setUp(80);
    want('a');
    vi.advanceTimersByTime(500);
    want('b');
    vi.advanceTimersByTime(500);
    log.length = 0;
    vi.advanceTimersByTime(500);
    want('b c');
    want('b d');
    want('b c');
    vi.advanceTimersByTime(500);
    expect(log).toEqual(['+c']);
  });
});
