import { describe, expect, test } from 'vitest';
import { createDirtyReader } from '../../src/app/dirty-reader.ts';
import { KINDS, type Kind } from '../../src/engine/objects.ts';
import { setContainerState } from '../support/fake-state.ts';
import { until } from '../support/until.ts';
import { onFakeEngine } from './on-fake-engine.ts';

const stage = onFakeEngine({ containers: 30, running: 10 });
const ids = (): string[] => [...stage.fake.state.containers.keys()];
const items = () => stage.store.getState().objects.container.items;
/** A reader whose failure is looked at by the test alone. */
function reader() {
  const made = createDirtyReader(stage.engine, stage.store, stage.living.signal);
  const failure = made.failed.catch((error: unknown) => error);
  return { ...made, failure };
}

const told = (kind: Kind, id: string, action = 'rename') => ({ kind, id, action });

describe('what an event has named', () => {
  test('is read, and nothing else', async () => {
    const { readAll, markDirty } = reader();
    readAll(['container']);
    await until(() => items()?.size === 30);
    const [first, second] = ids();
    const before = items()!.get(second!);
    stage.fake.requests.length = 0;
    setContainerState(stage.fake.state, first!, 'paused');
    markDirty(told('container', first!));
    await until(
      () =>
        items()?.get(first!)?.kind === 'container' && JSON.stringify(items()!.get(first!)).includes('paused'),
    );
    expect(stage.fake.requests).toEqual([expect.stringContaining(`{"id":["${first}"]}`)]);
    expect(items()!.get(second!)).toBe(before);
  });
  test('is read again where the engine tells of it before its list knows', async () => {
    const { readAll, markDirty } = reader();
    readAll(['container']);
    await until(() => items()?.size === 30);
    const [first] = ids();
    stage.fake.requests.length = 0;
    markDirty(told('container', first!, 'die'));
    await until(() => stage.fake.requests.length === 1);
    setContainerState(stage.fake.state, first!, 'exited');
    await until(() => JSON.stringify(items()!.get(first!)).includes('exited'));
  });
  test('in a burst costs a few requests', async () => {
    const { markDirty } = reader();
    for (let round = 0; round < 20; round += 1) for (const id of ids()) markDirty(told('container', id));
    await until(() => items()?.size === 30);
    for (const id of ids()) markDirty(told('container', id));
    const last = ids()[0]!;
    setContainerState(stage.fake.state, last, 'dead');
    markDirty(told('container', last));
    await until(() => JSON.stringify(items()!.get(last)).includes('dead'));
    expect(stage.fake.count(/containers\/json/)).toBeLessThanOrEqual(3);
  });
  test('is read with the whole list where an image is named', async () => {
    reader().markDirty(told('image', 'sha256:whatever'));
    await until(() => stage.store.getState().objects.image.items !== null);
    expect(stage.fake.requests.filter((r) => r.includes('/images/json')).join()).not.toContain('filters');
  });
  test('is gone when the engine does not know it any more', async () => {
    const { readAll, markDirty } = reader();
    readAll(['container']);
    await until(() => items()?.size === 30);
    const [id] = ids();
    stage.fake.state.containers.delete(id!);
    markDirty(told('container', id!));
    await until(() => items()?.size === 29);
  });
});

describe('a reading that fails', () => {
  test('keeps the list, with the reason, when the engine says no', async () => {
    const { readAll } = reader();
    readAll(['container']);
    await until(() => items()?.size === 30);
    stage.fake.faults.push({ on: /containers\/json/, how: 'error-text' });
    readAll(['container']);
    await until(() => stage.store.getState().objects.container.failed !== '');
    expect(stage.store.getState().objects.container.failed).toBe('boom in plain text');
    expect(items()?.size).toBe(30);
  });
  test('reads on when the engine can be read again', async () => {
    const { readAll } = reader();
    stage.fake.faults.push({ on: /containers\/json/, how: 'broken-json', times: 1 });
    readAll(['container']);
    await until(() => stage.store.getState().objects.container.failed !== '');
    readAll(['container']);
    await until(() => items()?.size === 30 && stage.store.getState().objects.container.failed === '');
  });
  test('rejects when the engine is gone', async () => {
    const { readAll, failure } = reader();
    await stage.fake.goDown();
    readAll(['container']);
    expect(await failure).toMatchObject({ name: 'EngineError', kind: 'missing' });
  });
});

test('after the end nothing is read and nothing is told', async () => {
  const { readAll, markDirty } = reader();
  stage.living.abort();
  const before = stage.fake.requests.length;
  readAll(KINDS);
  markDirty(told('container', 'x'));
  await stage.engine.ping();
  expect(stage.fake.requests.slice(before)).toEqual(['GET /_ping']);
  expect(items()).toBeNull();
});
