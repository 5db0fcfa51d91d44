import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepTime } from '../../src/app/keep-time.ts';
import { runIntents, type ProgramParts } from '../../src/app/program.ts';
import { press } from '../../src/model/press.ts';
import { RESULT_SHOWN } from '../../src/model/select-bottom.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, holding, NOW, read } from '../model/build-state.ts';
import { newStore } from './program-parts.ts';

const MINUTE = 60_000;
let living = new AbortController();

function start(state: State) {
  const store = newStore(state);
  const ticks: number[] = [];
  let last = store.getState().now;
  store.subscribe(() => {
    const { now } = store.getState();
    if (now !== last) ticks.push(now - NOW);
    last = now;
  });
  keepTime(store, living.signal);
  return { store, ticks };
}

beforeEach(() => {
  living = new AbortController();
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  living.abort();
  vi.useRealTimers();
});

describe('the clock', () => {
  test('stands still while no text would change', () => {
    const { ticks } = start(holding());
    vi.advanceTimersByTime(10 * 60 * MINUTE);
    expect(ticks).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
  test('ticks when the age of a container reads otherwise, and not before', () => {
    const { ticks } = start(holding({ container: [aContainer('web', { since: NOW - 90_000 })] }));
    vi.advanceTimersByTime(29_000);
    expect(ticks).toEqual([]);
    vi.advanceTimersByTime(2 * MINUTE);
    expect(ticks).toEqual([30_000, 90_000]);
  });
  test('ticks once an hour for what is hours old', () => {
    const { ticks } = start(holding({ container: [aContainer('web', { since: NOW - 5 * 60 * MINUTE })] }));
    vi.advanceTimersByTime(3 * 60 * MINUTE);
    expect(ticks).toHaveLength(3);
  });
  test('is set anew by what the list says now', () => {
    const { store, ticks } = start(holding({ container: [aContainer('web', { since: NOW })] }));
    store.dispatch(read('container', []));
    vi.advanceTimersByTime(10 * MINUTE);
    expect(ticks).toEqual([]);
  });
  test('takes the result of a command away after its time', () => {
    const { store, ticks } = start(holding());
    store.dispatch({ type: 'command-started', id: 1, line: 'x', at: NOW });
    store.dispatch({ type: 'command-succeeded', id: 1, at: NOW, text: '', made: [] });
    vi.advanceTimersByTime(10 * MINUTE);
    expect(ticks).toEqual([RESULT_SHOWN + 1]);
  });
  test('counts how long the engine has been lost', () => {
    const { store, ticks } = start(holding());
    store.dispatch({ type: 'engine-lost', at: NOW, why: 'gone', advice: '' });
    vi.advanceTimersByTime(2 * MINUTE);
    expect(ticks).toEqual([MINUTE, 2 * MINUTE]);
  });
  test('ends with the program', () => {
    start(holding({ container: [aContainer('web', { since: NOW })] }));
    living.abort();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a notice', () => {
  test('that a key brings stays for four seconds, however long the clock stood still', () => {
    const { store } = start(holding({ container: [aContainer('web', { since: NOW - 5 * 60 * MINUTE })] }));
    vi.advanceTimersByTime(40 * MINUTE);
    runIntents({ store } as ProgramParts, press(store.getState(), 'S'));
    vi.advanceTimersByTime(3_900);
    expect(store.getState().notice?.text).toBe('web runs already.');
    vi.advanceTimersByTime(200);
    expect(store.getState().notice).toBeNull();
  });
});
