import { join } from 'node:path';
import { BASE_IMAGE } from '../../sandbox/base-image.ts';
import { ownership } from '../fence/ownership.ts';
import { judge } from '../judge/judge.ts';
import type { Step } from '../lesson.ts';
import type { Provided } from '../provided.ts';
import type { ProofSession } from './prove-session.ts';
import { takeWorld } from '../facts/take-world.ts';
import { NOTHING_JUDGED, type Verdict } from '../verdict.ts';
import type { World } from '../world.ts';

export type Verdicts = ReadonlyMap<string, Verdict>;

/** Judges all checks of a step by the engine as it is now, and remembers what it saw before. */
export type Look = () => Promise<Verdicts>;

/** The step began at `stepBegan`, or begins now. */
export function openLook(
  session: ProofSession,
  { checks }: Step,
  { features, elsewhere }: Provided,
  signal: AbortSignal,
  stepBegan = Date.now(),
): Look {
  const { engine, lesson, workFolder, beganAt, fence } = session;
  const began = { lesson: beganAt, step: stepBegan };
  let memory = NOTHING_JUDGED;
  return async () => {
    const { events, registry, typed } = session;
    const world = await takeWorld(engine, {
      checks,
      began,
      events,
      registry,
      typed,
      calls: endedCalls(session),
      isOurs: (lists) => ownership(fence(), lists).isOurs,
      workFolder,
      scripts: { folder: join(lesson.folder, 'files') },
      features: [...features],
      image: BASE_IMAGE,
      elsewhere,
      signal,
    });
    const judgement = judge(checks, world, memory);
    memory = judgement.memory;
    return judgement.verdicts;
  };
}

function endedCalls(session: ProofSession): World['calls'] {
  return session
    .calls()
    .flatMap(({ at, method, path, status }) => (status === null ? [] : [{ at, method, path, status }]));
}

/** Within so many milliseconds an engine has done what its answer says, and podman has told of it. */
export const SHOWN_WITHIN = 6000;
const LOOK_EVERY = 150;

export async function lookUntil(
  look: Look,
  isEnough: (verdicts: Verdicts) => boolean,
  within: number,
  signal: AbortSignal,
): Promise<Verdicts> {
  const deadline = Date.now() + within;
  for (;;) {
    const verdicts = await look();
    if (isEnough(verdicts) || Date.now() > deadline) return verdicts;
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
