import { beforeEach, describe, expect, test } from 'vitest';
import { followEngine } from '../../src/app/follow-engine.ts';
import { KINDS } from '../../src/engine/objects.ts';
import { selectRows } from '../../src/model/select-rows.ts';
import { addContainer, setContainerState } from '../support/fake-state.ts';
import { until } from '../support/until.ts';
import { onFakeEngine } from './on-fake-engine.ts';

const stage = onFakeEngine({ containers: 20, running: 10, images: 3, volumes: 2, networks: 1 });
const objects = () => stage.store.getState().objects;
const lost = () => stage.store.getState().engine?.lost ?? null;
const areRead = (): boolean => KINDS.every((kind) => objects()[kind].items !== null);
const tell = (Action: string, id: string, Type = 'container'): void =>
  stage.fake.emit({ Type, Action, Actor: { ID: id, Attributes: { name: 'x' } } });

beforeEach(async () => {
  followEngine(stage.engine, stage.store, stage.living.signal).catch((error: unknown) =>
    stage.bugs.push(error),
  );
  await until(() => areRead() && stage.fake.watchers.size === 1);
});

describe('the lists', () => {
  test('arrive, each with one request', async () => {
    expect(KINDS.map((kind) => objects()[kind].items?.size)).toEqual([20, 3, 2, 4]);
    await stage.engine.ping();
    expect(stage.fake.count(/^GET \/(containers\/json|images\/json|networks|volumes)\b/)).toBe(4);
  });
  test('follow an event with one request for the one container it names', async () => {
    const [id] = stage.fake.state.containers.keys();
    const others = [...objects().container.items!.values()].filter((c) => c.id !== id);
    stage.fake.requests.length = 0;
    setContainerState(stage.fake.state, id!, 'exited');
    tell('die', id!);
    await until(() => JSON.stringify(objects().container.items!.get(id!)).includes('"exited"'));
    expect(stage.fake.requests.filter((r) => !r.includes('_ping'))).toEqual([
      expect.stringMatching(/^GET \/containers\/json\?.*filters/),
    ]);
    expect(others.every((c) => objects().container.items!.get(c.id) === c)).toBe(true);
  });
  test('follow a hundred events with a few requests', async () => {
    stage.fake.requests.length = 0;
    for (let i = 0; i < 5; i += 1) for (const id of stage.fake.state.containers.keys()) tell('start', id);
    const id = addContainer(stage.fake.state, 'last', 'image-0:1');
    tell('create', id);
    await until(() => objects().container.items!.has(id));
    expect(stage.fake.count(/containers\/json/)).toBeLessThanOrEqual(4);
  });
  test('follow images, volumes and networks too', async () => {
    stage.fake.state.volumes.delete('volume-0');
    tell('destroy', 'volume-0', 'volume');
    const [image] = stage.fake.state.images.keys();
    stage.fake.state.images.delete(image!);
    tell('delete', image!, 'image');
    await until(() => objects().volume.items!.size === 1 && objects().image.items!.size === 2);
  });
});

describe('an engine that goes away', () => {
  test('is lost at once, with the reason, and the lists stay', async () => {
    const before = selectRows(stage.store.getState(), 'container');
    const at = Date.now();
    await stage.fake.goDown();
    await until(() => lost() !== null);
    expect(Date.now() - at).toBeLessThan(1000);
    expect(lost()?.why).not.toBe('');
    expect(selectRows(stage.store.getState(), 'container')).toBe(before);
  });
  test('and comes back is read anew, with what happened meanwhile, and followed again', async () => {
    await stage.fake.goDown();
    await until(() => lost() !== null);
    const id = addContainer(stage.fake.state, 'meanwhile', 'image-0:1');
    await stage.fake.comeUp();
    await until(() => lost() === null && objects().container.items!.has(id));
    await until(() => stage.fake.watchers.size === 1);
    setContainerState(stage.fake.state, id, 'paused');
    tell('pause', id);
    await until(() => JSON.stringify(objects().container.items!.get(id)).includes('"paused"'));
  });
  test('and comes back again and again is there each time', async () => {
    for (let i = 0; i < 3; i += 1) {
      await stage.fake.goDown();
      await until(() => lost() !== null);
      await stage.fake.comeUp();
      await until(() => lost() === null && stage.fake.watchers.size === 1);
    }
    expect(objects().container.items?.size).toBe(20);
  });
  test('is noticed when it only stops answering', async () => {
    stage.fake.faults.push({ on: /./, how: 'never-answers' });
    await until(() => lost() !== null, 6_000);
    expect(selectRows(stage.store.getState(), 'container')).toHaveLength(20);
    stage.fake.faults.length = 0;
    await until(() => lost() === null, 6_000);
  });
});

test('one list that cannot be read leaves the others alive', async () => {
  stage.fake.faults.push({ on: /images\/json/, how: 'broken-json' });
  const [image] = stage.fake.state.images.keys();
  tell('tag', image!, 'image');
  await until(() => objects().image.failed !== '');
  expect([objects().image.items?.size, lost()]).toEqual([3, null]);
  const id = addContainer(stage.fake.state, 'alive', 'image-0:1');
  tell('create', id);
  await until(() => objects().container.items!.has(id));
});

test('the end ends everything: no stream is left open and nothing is told', async () => {
  stage.living.abort();
  await until(() => stage.fake.watchers.size === 0);
  const before = stage.store.getState();
  await stage.fake.goDown();
  await stage.fake.comeUp();
  await stage.engine.ping();
  expect(stage.store.getState()).toBe(before);
});
