import { join } from 'node:path';
import { BASE_IMAGE } from '../../sandbox/base-image.ts';
import { ownership } from '../fence/ownership.ts';
import { judge } from '../judge/judge.ts';
import type { Feature, Step } from '../lesson.ts';
import type { ProofSession } from './prove-session.ts';
import { takeWorld } from '../facts/take-world.ts';
import { NOTHING_JUDGED, type Verdict } from '../verdict.ts';
import type { World } from '../world.ts';

export type Verdicts = ReadonlyMap<string, Verdict>;

/** Judges all checks of a step by the engine as it is now, and remembers what it saw before. */
export type Look = () => Promise<Verdicts>;

/** The step begins now. */
export function openLook(
  session: ProofSession,
  { checks }: Step,
  features: readonly Feature[],
  signal: AbortSignal,
): Look {
  const { engine, lesson, workFolder, beganAt, fence } = session;
  const began = { lesson: beganAt, step: Date.now() };
  let memory = NOTHING_JUDGED;
  return async () => {
    const { events, typed } = session;
    const world = await takeWorld(engine, {
      checks,
      began,
      events,
      typed,
      calls: endedCalls(session),
      isOurs: (lists) => ownership(fence(), lists).isOurs,
      workFolder,
      scripts: { folder: join(lesson.folder, 'files') },
      features,
      image: BASE_IMAGE,
      signal,
    });
    const judgement = judge(checks, world, memory);
    memory = judgement.memory;
    return judgement.verdicts;
  };
}

function endedCalls({ client }: ProofSession): World['calls'] {
  return client
    .calls()
    .flatMap(({ at, method, path, status }) => (status === null ? [] : [{ at, method, path, status }]));
}
