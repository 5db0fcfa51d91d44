import { expect, test } from 'vitest';
import { createStore } from '../../src/app/store.ts';

const add = (sum: number, by: number): number => sum + by;

test('a listener hears of a change when it has been made', () => {
  const store = createStore(add, 1);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.getState()));
  store.dispatch(2);
  store.dispatch(3);
  expect(heard).toEqual([3, 6]);
});

test('an event that changes nothing is not heard of', () => {
  const store = createStore(add, 1);
  let heard = 0;
  store.subscribe(() => (heard += 1));
  store.dispatch(0);
  expect(heard).toBe(0);
});

test('who has unsubscribed hears nothing more, also when it does so while it is told', () => {
  const store = createStore(add, 0);
  const heard: string[] = [];
  const stop = store.subscribe(() => {
    heard.push('a');
    stop();
  });
  store.subscribe(() => heard.push('b'));
  store.dispatch(1);
  store.dispatch(1);
  expect(heard).toEqual(['a', 'b', 'b']);
});

test('an event from a listener is folded in after the one it heard of', () => {
  const store = createStore(add, 0);
  store.subscribe(() => store.getState() < 3 && store.dispatch(1));
  store.dispatch(1);
  expect(store.getState()).toBe(3);
});
