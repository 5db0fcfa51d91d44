import { describe, expect, test } from 'vitest';
import { carryOutCommands } from '../../src/app/carry-out-commands.ts';
import type { Command } from '../../src/engine/commands.ts';
import { EMPTY_RUN_SPEC } from '../../src/engine/run-line.ts';
import { fakeId } from '../support/fake-state.ts';
import { onFakeEngine } from './on-fake-engine.ts';

const stage = onFakeEngine({ containers: 8, running: 8, images: 1 });
const ref = (name: string) => ({ id: fakeId(`container ${name}`), name });
const stop = (...names: string[]): Command[] => names.map((name) => ({ do: 'stop', container: ref(name) }));
const carryOut = (...commands: Command[]): Promise<void> =>
  carryOutCommands(stage.engine, stage.store, commands, stage.living.signal);
const log = () => stage.store.getState().commands;

describe('a command', () => {
  test('is in the log with its line, its time and that it went well', async () => {
    const before = Date.now();
    await carryOut(...stop('container-0'));
    expect(log()).toMatchObject([{ line: 'docker stop container-0', result: { ok: true } }]);
    expect(log()[0]!.startedAt).toBeGreaterThanOrEqual(before);
    expect(log()[0]!.endedAt).toBeGreaterThanOrEqual(log()[0]!.startedAt);
    expect(stage.fake.state.containers.get(ref('container-0').id)?.['State']).toBe('exited');
  });
  test('that fails is there with the engine’s own words', async () => {
    await carryOut(...stop('nobody'));
    expect(log()).toMatchObject([
      {
        line: 'docker stop nobody',
        result: { ok: false, text: expect.stringContaining('No such container') as string },
      },
    ]);
  });
  test('to an engine that is gone ends, and says so', async () => {
    await stage.fake.goDown();
    await carryOut(...stop('container-0'));
    expect(log()).toMatchObject([{ endedAt: expect.any(Number) as number, result: { ok: false } }]);
  });
  test('of nothing asks nothing', async () => {
    await carryOut();
    expect(log()).toEqual([]);
  });
});

describe('several at once', () => {
  test('are one line, and all are tried also after one has failed', async () => {
    await carryOut(
      ...stop(
        'container-0',
        'nobody',
        'container-1',
        'neither',
        'container-2',
        'container-3',
        'container-4',
        'container-5',
      ),
    );
    expect(log()).toHaveLength(1);
    expect(log()[0]!.line).toMatch(/^docker stop container-0 nobody container-1/);
    expect(log()[0]!.result).toMatchObject({
      ok: false,
      text: expect.stringMatching(/^2 of 8 failed: No such container.*\(and 1 more\)$/) as string,
    });
    expect([...stage.fake.state.containers.values()].filter((c) => c['State'] === 'exited')).toHaveLength(6);
  });
});

describe('a container that was run', () => {
  const run = (name: string): Command => ({
    do: 'run',
    spec: { ...EMPTY_RUN_SPEC, image: 'image-0:1', name },
  });
  test('is selected, in the list that has the focus now', async () => {
    stage.store.dispatch({ type: 'focus-moved', to: 'image' });
    await carryOut(run('mine'));
    expect(stage.store.getState()).toMatchObject({
      focus: 'container',
      lists: { container: { selected: ref('mine').id } },
    });
  });
  test('does not take the focus from who is in a dialog by then', async () => {
    stage.store.dispatch({ type: 'focus-moved', to: 'image' });
    stage.store.dispatch({ type: 'overlay-opened', overlay: { kind: 'help', scroll: 0 } });
    await carryOut(run('mine'));
    expect(stage.store.getState().focus).toBe('image');
  });
  test('that could not be is not', async () => {
    await carryOut({ do: 'run', spec: { ...EMPTY_RUN_SPEC, image: 'no-such', name: 'mine' } });
    expect(log()[0]!.result).toMatchObject({ ok: false });
    expect(stage.store.getState().lists.container.selected).not.toBe(ref('mine').id);
  });
});
