import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proveOn } from '../../src/app/learn/prove-on.ts';
import { connect } from '../../src/engine/connect.ts';
import type { Proof } from '../../src/lesson/prove/prove-text.ts';
import { proofText } from '../../src/lesson/prove/prove-text.ts';
import { builtInLessons, findLessons, type FoundLesson } from '../../src/lesson/read/find-lessons.ts';
import type { EngineName } from '../support/engine-host-talk.ts';
import { hasEngine, ownEngine } from '../support/engines.ts';
import { noteResult } from './lesson-results.ts';

/** Milliseconds for one lesson: some twenty starts on a busy machine. */
const PATIENCE = 600_000;

/** Podman has no services. */
export const CANNOT: Partial<Record<EngineName, readonly string[]>> = { podman: ['orchestration'] };

/** A test for each of our lessons: played twice, and by every wrong path, each on an engine of its own. */
export async function describeLessonsOn(name: EngineName): Promise<void> {
  const lessons = await findLessons(builtInLessons());
  describe.skipIf(!hasEngine(name))(`on ${name}`, () => {
    it.each(lessons.map((found) => ({ id: found.lesson?.id ?? found.folder, found })))(
      '$id is what it says',
      async ({ found }) => {
        const proof = await proveOnOwn(name, found);
        expect(proof.ok, proofText(proof)).toBe(true);
        // A lesson that an engine cannot play has to be one of which that is known.
        if (!(CANNOT[name] ?? []).includes(proof.lesson)) expect(proof.notHere).toBe('');
      },
      PATIENCE,
    );
  });
}

async function proveOnOwn(name: EngineName, { lesson, tests, problems }: FoundLesson): Promise<Proof> {
  if (lesson === null) throw new Error(JSON.stringify(problems));
  const own = await ownEngine(name);
  const engine = await connect(own.endpoint);
  const workFolders = await mkdtemp(join(tmpdir(), 'sl-lessons-'));
  try {
    const { signal } = new AbortController();
    const network = { in: 'namespace', holder: own.holder } as const;
    const proof = await proveOn(engine, { lesson, tests, network, workFolders, env: process.env, signal });
    await noteResult(proof, (await engine.about()).rootless);
    return proof;
  } finally {
    engine.close();
    await own.discard();
    await rm(workFolders, { recursive: true, force: true });
  }
}
