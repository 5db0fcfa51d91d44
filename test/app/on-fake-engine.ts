import { afterEach, beforeEach } from 'vitest';
import type { ProgramStore } from '../../src/app/program-store.ts';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { startFakeEngine, type FakeEngine, type FakeOptions } from '../support/fake-engine.ts';
import { connectedStore } from './program-parts.ts';

export type Stage = {
  fake: FakeEngine;
  engine: Engine;
  store: ProgramStore;
  living: AbortController;
  /** What was not an engine's doing; a test that leaves anything in here fails. */
  bugs: unknown[];
};

/** A fresh fake engine, a client of it and a store for each test of the file. */
export function onFakeEngine(options: FakeOptions = { containers: 4, running: 2 }): Stage {
  const stage = {} as Stage;
  beforeEach(async () => {
    const fake = await startFakeEngine(options);
    const engine = await connect(fake.endpoint);
    Object.assign(stage, {
      fake,
      engine,
      store: connectedStore(engine),
      living: new AbortController(),
      bugs: [],
    });
  });
  afterEach(async () => {
    stage.living.abort();
    stage.engine.close();
    await stage.fake[Symbol.asyncDispose]();
    if (stage.bugs.length > 0) throw stage.bugs[0];
  });
  return stage;
}
