import { beforeEach, describe, expect, test } from 'vitest';
import { fillInObjects } from '../../src/app/fill-in-objects.ts';
import { followEngine } from '../../src/app/follow-engine.ts';
import { followSelection } from '../../src/app/follow-selection.ts';
import { runIntents, type ProgramParts } from '../../src/app/program.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { KINDS } from '../../src/engine/objects.ts';
import { press } from '../../src/model/press.ts';
import { selectDetails } from '../../src/model/select-details.ts';
import { setContainerState } from '../support/fake-state.ts';
import { until } from '../support/until.ts';
import { onFakeEngine } from './on-fake-engine.ts';

const stage = onFakeEngine({ containers: 30, running: 3, images: 3, volumes: 2 });
const state = () => stage.store.getState();
const content = () => selectDetails(state())?.content;
const id = (index: number): string => [...stage.fake.state.containers.keys()][index]!;
const onError = (error: unknown): void => void stage.bugs.push(error);

function key(...keys: string[]): void {
  for (const k of keys) runIntents({ store: stage.store } as ProgramParts, press(state(), k));
}
function follow(engine: Engine = stage.engine): void {
  followSelection(engine, stage.store, stage.living.signal, onError);
}
const logText = (): string => {
  const shown = content();
  return shown?.kind === 'log' ? shown.lines.map((line) => line.text).join('\n') : '';
};

beforeEach(async () => {
  followEngine(stage.engine, stage.store, stage.living.signal).catch(onError);
  await until(() => KINDS.every((kind) => state().objects[kind].items !== null));
});

describe('the log of what is selected', () => {
  test('is opened, and followed', async () => {
    follow();
    await until(() => logText().includes('container-0 says hello'));
    stage.fake.log(id(0), 'and more');
    await until(() => logText().includes('and more'));
    expect(stage.fake.count(/logs/)).toBe(1);
  });
  test('changes with the selection, and the stream of the one before is closed', async () => {
    follow();
    await until(() => logText().includes('container-0 says'));
    key('j');
    await until(() => logText().includes('container-1 says'));
    await until(() => (stage.fake.readers.get(id(0))?.size ?? 0) === 0);
    expect(logText()).not.toContain('container-0');
  });
  test('is opened only where a held key comes to rest', async () => {
    follow();
    await until(() => logText() !== '');
    for (let i = 0; i < 20; i += 1) key('j');
    await until(
      () => state().log?.phase === 'open' && state().log?.container === state().lists.container.selected,
    );
    expect(stage.fake.count(/logs/)).toBeLessThanOrEqual(3);
  });
  test('is taken up again when the container has stopped, and when it is started anew', async () => {
    follow();
    await until(() => logText() !== '');
    for (const [to, action, requests] of [
      ['exited', 'die', 2],
      ['running', 'start', 3],
    ] as const) {
      setContainerState(stage.fake.state, id(0), to);
      stage.fake.emit({ Type: 'container', Action: action, Actor: { ID: id(0), Attributes: {} } });
      await until(() => stage.fake.count(/logs/) === requests);
    }
    await until(() => logText().includes('container-0 says'));
  });
  test('says why it cannot be read', async () => {
    stage.fake.faults.push({ on: /logs/, how: 'error-text' });
    follow();
    await until(
      () => content()?.kind === 'message' && JSON.stringify(content()).includes('boom in plain text'),
    );
  });
});

describe('the Inspect tab', () => {
  test('is read when it is looked at', async () => {
    follow();
    expect(stage.fake.count(/containers\/[^/]+\/json$/)).toBe(0);
    key('i');
    await until(() => content()?.kind === 'tree');
  });
  test('says why it cannot be', async () => {
    stage.fake.faults.push({ on: /volumes\/volume-0/, how: 'error-text' });
    follow();
    key('3', 'i');
    await until(() => JSON.stringify(content()).includes('boom in plain text'));
  });
  test('shows what is selected, also when the answer about the row before comes late', async () => {
    const late = Promise.withResolvers<void>();
    const inspected: string[] = [];
    const slow: Engine = {
      ...stage.engine,
      inspect: async (kind, what) => {
        const value = await stage.engine.inspect(kind, what);
        if (what === 'volume-0') await late.promise;
        inspected.push(what);
        return value;
      },
    };
    follow(slow);
    key('3', 'i', '3');
    await until(() => stage.fake.count(/volumes\/volume-0/) === 1);
    key('j');
    await until(() => content()?.kind === 'tree');
    late.resolve();
    await until(() => inspected.includes('volume-0'));
    await stage.engine.ping();
    expect(JSON.stringify(content())).toContain('volume-1');
  });
});

describe('what is measured', () => {
  test('is what runs and is in view', async () => {
    follow();
    await until(() => state().usage.size === 3);
    expect([...state().usage.keys()].toSorted()).toEqual([id(0), id(1), id(2)].toSorted());
    expect(stage.fake.count(/stats/)).toBe(3);
  });
});

describe('what the lists do not tell', () => {
  test('is asked for once: layers of images, sizes of volumes', async () => {
    fillInObjects(stage.engine, stage.store, stage.living.signal, onError);
    const known = (): string =>
      JSON.stringify([...(state().objects.image.items ?? []), ...(state().objects.volume.items ?? [])]);
    await until(() => !known().includes('"layers":null') && !known().includes('"size":null'));
    expect(stage.fake.count(/images\/.*\/json$/)).toBe(3);
    expect(stage.fake.count(/system\/df/)).toBe(1);
  });
});

test('everything ends with the program', async () => {
  follow();
  await until(() => logText() !== '');
  stage.living.abort();
  await until(
    () =>
      [...stage.fake.readers.values()].every((readers) => readers.size === 0) &&
      stage.fake.watchers.size === 0,
  );
});
