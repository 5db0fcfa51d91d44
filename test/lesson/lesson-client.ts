import { randomUUID } from 'node:crypto';
import type { Engine } from '../../src/engine/engine.ts';
import { openWire } from '../../src/wire/open-wire.ts';
import type { WireCall } from '../../src/wire/wire-call.ts';
import { freshHome } from '../support/fresh-home.ts';

/** What a learner's shell has: a wire of its own to the engine, with a label of this run, and an environment for it. */
export type LessonClient = {
  env: Record<string, string>;
  /** A fresh folder. */
  folder: string;
  /** The label's value. */
  run: string;
  /** Calls that have ended. */
  calls(): readonly WireCall[];
  close(): Promise<void>;
};

export async function openLessonClient(engine: Engine): Promise<LessonClient> {
  const home = await freshHome();
  const run = `test-${randomUUID()}`;
  const ended: WireCall[] = [];
  const onCall = (call: WireCall): void => {
    if (call.endedAfter !== null) ended.push(call);
  };
  const wire = await openWire({
    folder: `${home.folder}/run`,
    label: { name: 'slipway.run', value: run },
    onCall,
  });
  const { socket } = await wire.listen(1);
  wire.setTarget(engine.endpoint, engine.host);
  const host = `unix://${socket}`;
  const env = Object.entries({ ...home.env, DOCKER_HOST: host, CONTAINER_HOST: host });
  return {
    env: Object.fromEntries(env.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    folder: home.folder,
    run,
    calls: () => ended,
    async close() {
      await wire.close();
      await home.remove();
    },
  };
}
