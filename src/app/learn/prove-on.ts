import { randomBytes } from 'node:crypto';
import type { Engine } from '../../engine/engine.ts';
import type { LessonTest } from '../../lesson/read/lesson-tests.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import { proveLesson } from '../../lesson/prove/prove-lesson.ts';
import type { ProofClient } from '../../lesson/prove/prove-session.ts';
import type { Proof } from '../../lesson/prove/prove-text.ts';
import { openWire } from '../../wire/open-wire.ts';
import type { WireCall } from '../../wire/wire-call.ts';
import { RUN_LABEL } from '../program-wire.ts';
import type { EngineNetwork } from './engine-network.ts';
import { provideFeatures } from './provide-features.ts';
import { provideImages } from './provide-images.ts';
import { LESSON_SOURCE, openLessonClient } from './lesson-client.ts';

export type ProveOnOptions = {
  lesson: Lesson;
  tests: readonly LessonTest[];
  /** Work folders are made in it. */
  workFolders: string;
  env: NodeJS.ProcessEnv;
  network: EngineNetwork;
  signal: AbortSignal;
  onProgress?: (text: string) => void;
};

/** Proves a lesson on an engine, over a wire of its own as a learner's shell has one. */
export async function proveOn(engine: Engine, options: ProveOnOptions): Promise<Proof> {
  const { lesson, env } = options;
  await provideImages(engine, lesson.images, options);
  const provided = await provideFeatures(lesson, { ...options, engine });
  try {
    return await proveLesson({
      ...options,
      engine,
      provided,
      openClient: () => openProofClient(engine, env),
    });
  } finally {
    await provided.close();
  }
}

/** A wire of its own to the engine, with a label of its own, and the environment for it. */
export async function openProofClient(engine: Engine, outer: NodeJS.ProcessEnv): Promise<ProofClient> {
  const run = randomBytes(4).toString('hex');
  const calls = new Map<number, WireCall>();
  const onCall = (call: WireCall): void => void calls.set(call.id, call);
  const wire = await openWire({ label: { name: RUN_LABEL, value: run }, onCall });
  try {
    wire.setTarget(engine.endpoint, engine.host);
    const client = await openLessonClient(() => wire.listen(LESSON_SOURCE), {
      env: outer,
      family: engine.family,
    });
    return {
      env: client.env,
      run,
      calls: () => [...calls.values()].filter(({ endedAfter }) => endedAfter !== null),
      async close() {
        await client.close();
        await wire.close();
      },
    };
  } catch (error) {
    await wire.close();
    throw error;
  }
}
