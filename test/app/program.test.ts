import { describe, expect, test } from 'vitest';
import { EngineSession } from '../../src/app/engine-session.ts';
import { runIntents, type ProgramParts } from '../../src/app/program.ts';
import type { Learn } from '../../src/app/learn/learn.ts';
import type { Effect } from '../../src/model/intents.ts';
import { surroundings } from '../../src/engine/routes/surroundings.ts';
import { fakeId } from '../support/fake-state.ts';
import { until } from '../support/until.ts';
import { onFakeEngine } from './on-fake-engine.ts';
import { fakeTerminal, newStore, noShells } from './program-parts.ts';

const stage = onFakeEngine({ containers: 2, running: 2 });

/** Nothing is asked of lessons here. */
const noLessons: Learn = {
  do: ({ do: what }) => {
    throw new Error(`there are no lessons here: ${what}`);
  },
  workFolder: () => null,
  close: () => Promise.resolve(),
};

function start() {
  const store = newStore();
  const onError = (error: unknown): void => void stage.bugs.push(error);
  const session = new EngineSession(store, {
    surroundings: surroundings({ host: stage.fake.host }),
    yes: false,
    keep: false,
    onError,
  });
  const terminal = fakeTerminal();
  let quits = 0;
  const shells = noShells(store);
  const parts: ProgramParts = {
    store,
    session,
    shells,
    learn: noLessons,
    builder: { do: () => {}, close: () => {} },
    terminal,
    env: {},
    quit: () => (quits += 1),
    onError,
  };
  const run = (...effects: Effect[]): void =>
    runIntents(
      parts,
      effects.map((effect) => ({ effect })),
    );
  return { store, session, terminal, run, quits: () => quits, [Symbol.dispose]: () => session.close() };
}

describe('a session', () => {
  test('takes the engine that was named, reads its lists and describes it', async () => {
    using program = start();
    program.session.search();
    await until(() => program.store.getState().objects.container.items?.size === 2);
    await until(() => program.store.getState().engine?.about?.version === 'fake-1');
    expect(program.store.getState().engine).toMatchObject({ host: stage.fake.host, sandbox: 'none' });
  });
  test('that finds none says what it tried, and takes the engine as soon as it is there', async () => {
    await stage.fake.goDown();
    using program = start();
    program.session.search();
    await until(() => program.store.getState().connect.phase === 'none');
    const { connect } = program.store.getState();
    expect('reports' in connect && connect.reports).toMatchObject([
      { ok: false, text: expect.stringMatching(/no such file/i) as string },
    ]);
    await stage.fake.comeUp();
    await until(() => program.store.getState().engine !== null);
  });
  test('lets choose when another engine is asked for, also where there is only one', async () => {
    using program = start();
    program.session.search();
    await until(() => program.store.getState().engine !== null);
    program.run({ do: 'search-engines' });
    await until(() => program.store.getState().connect.phase === 'choosing');
    program.run({ do: 'connect', host: stage.fake.host });
    await until(
      () =>
        program.store.getState().connect.phase === 'done' &&
        program.store.getState().objects.container.items?.size === 2,
    );
  });
  test('that is closed leaves no stream open', async () => {
    const program = start();
    program.session.search();
    await until(() => stage.fake.watchers.size === 1);
    program.session.close();
    await until(() => stage.fake.watchers.size === 0);
  });
});

describe('an effect', () => {
  test('carries commands out, and keeps the log of them', async () => {
    using program = start();
    program.session.search();
    await until(() => program.session.engine !== null);
    program.run({
      do: 'carry-out',
      commands: [{ do: 'stop', container: { id: fakeId('container container-0'), name: 'container-0' } }],
    });
    await until(() => program.store.getState().commands[0]?.result?.ok === true);
    expect(stage.fake.count(/^POST .*stop/)).toBe(1);
  });
  test('reads everything again', async () => {
    using program = start();
    program.session.search();
    await until(() => program.store.getState().objects.container.items !== null);
    const before = stage.fake.count(/containers\/json/);
    program.run({ do: 'refresh' });
    await until(() => stage.fake.count(/containers\/json/) > before);
  });
  test('copies through the terminal, and says so', () => {
    using program = start();
    program.run({ do: 'copy', text: 'web', what: 'the name' });
    expect(program.terminal.did.join()).toContain('send');
    expect(program.store.getState().notice?.text).toBe('Copied the name');
  });
  test('draws again, and quits', async () => {
    using program = start();
    program.run({ do: 'redraw' }, { do: 'quit' });
    await until(() => program.terminal.did.includes('redraw'));
    expect(program.quits()).toBe(1);
  });
  test('of a shell without an engine does nothing', async () => {
    using program = start();
    program.run({ do: 'open-shell', where: 'screen', container: { id: 'x', name: 'x' } });
    await stage.engine.ping();
    expect(program.terminal.did).toEqual([]);
  });
});
