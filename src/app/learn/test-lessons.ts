import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../engine/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import { findEngines, isEngineNamed } from '../../engine/routes/find-engines.ts';
import type { Surroundings } from '../../engine/routes/surroundings.ts';
import type { FoundLesson } from '../../lesson/read/find-lessons.ts';
import { proofText, type Proof } from '../../lesson/prove/prove-text.ts';
import type { SandboxKind } from '../../sandbox/kinds.ts';
import { sandboxAbility } from '../../sandbox/ability.ts';
import { openSandbox } from '../../sandbox/sandbox.ts';
import { type EngineNetwork, networkOf } from './engine-network.ts';
import { proveOn } from './prove-on.ts';
import { describeProblem } from './lesson-shelf.ts';

export type TestLessonsOptions = {
  surroundings: Surroundings;
  /** Only in a sandbox. */
  sandbox: boolean;
  sandboxKind: SandboxKind | null;
  out: (text: string) => void;
  err: (text: string) => void;
};

/** `slipway lesson test`: proves lessons on every engine that can be had. Gives the exit code: 1 when one fails. */
export async function testLessons(
  found: readonly FoundLesson[],
  options: TestLessonsOptions,
): Promise<number> {
  const { out, err } = options;
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  await using undo = new AsyncDisposableStack();
  undo.defer(() => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal));
  const engines = await everyEngine(options, undo);
  if (engines.length === 0) {
    err('No container engine answers, and no sandbox can be started. slipway doctor says more.\n');
    return 1;
  }
  const workFolders = await mkdtemp(join(tmpdir(), 'slipway-proof-'));
  undo.defer(() => rm(workFolders, { recursive: true, force: true }));
  const proofs: Proof[] = [];
  let isReadable = true;
  for (const { lesson, tests, problems, folder } of found) {
    if (lesson === null) {
      isReadable = false;
      err(`${folder}: ${describeProblem(problems.find(({ severity }) => severity === 'error'))}\n`);
      continue;
    }
    for (const { engine, network } of engines) {
      const onProgress = (text: string): void => out(`${text}\n`);
      const proof = await proveOn(engine, {
        lesson,
        tests,
        network,
        workFolders,
        env: process.env,
        signal: stop.signal,
        onProgress,
      });
      proofs.push(proof);
      out(`${proofText({ ...proof, lines: [] })}\n`);
    }
  }
  return isReadable && proofs.every(({ ok }) => ok) ? 0 : 1;
}

type Beside = { engine: Engine; network: EngineNetwork };

/** The one that was named; else all that answer, and a sandbox beside them. */
async function everyEngine(
  { surroundings, sandbox, sandboxKind, err }: TestLessonsOptions,
  undo: AsyncDisposableStack,
): Promise<Beside[]> {
  const { engines } = sandbox ? { engines: [] } : await findEngines(surroundings, { connect });
  for (const { engine } of engines) undo.defer(() => engine.close());
  const all = engines.map(({ engine }): Beside => ({ engine, network: networkOf(engine, 'fence') }));
  if (!sandbox && (await isEngineNamed(surroundings))) return all;
  const ability = await sandboxAbility(sandboxKind);
  if (!ability.can) {
    err(`No sandbox: ${ability.why}\n`);
    return all;
  }
  const lease = await openSandbox({ kind: sandboxKind });
  undo.defer(() => lease.release());
  const engine = await connect(lease.endpoint);
  undo.defer(() => engine.close());
  return [...all, { engine, network: networkOf(engine, 'sandbox') }];
}
