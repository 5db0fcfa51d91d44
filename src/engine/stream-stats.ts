import { setTimeout as wait } from 'node:timers/promises';
import { apiPath, withQuery } from './api-path.ts';
import { batches } from './batches.ts';
import type { Client } from './client.ts';
import type { StatsSample } from './engine.ts';
import { EngineError } from './errors.ts';
import { UnreadableField } from './fields.ts';
import { jsonLines } from './json-lines.ts';
import type { Manners } from './manners.ts';
import { openQuietly } from './open-quietly.ts';
import { readStats, toSample } from './read-stats.ts';
import type { StatsReading } from './read-stats.ts';

export type StatsSource = {
  client: Client;
  how: Manners['stats'];
  /** Memory of the engine's machine, bytes: a limit of that size is none. */
  hostMemory(): Promise<number>;
};

const POLL_EVERY = 2000;

/** Ends when the container stops or goes away. */
export async function* streamStats(
  source: StatsSource,
  containerId: string,
  signal: AbortSignal,
): AsyncGenerator<StatsSample, void, undefined> {
  const hostMemory = await source.hostMemory();
  const answers = source.how === 'stream' ? streamed : polled;
  let before: StatsReading | null = null;
  for await (const answer of answers(source.client, containerId, signal)) {
    const now = readable(answer, hostMemory);
    if (now === null) return;
    yield toSample(now, before);
    before = now;
  }
}

async function* streamed(client: Client, id: string, signal: AbortSignal): AsyncGenerator {
  const path = withQuery(apiPath`/containers/${id}/stats`, { stream: true });
  const response = await openQuietly(client, { path, signal });
  if (response === null) return;
  for await (const batch of batches(response, jsonLines(), signal)) yield* batch;
}

async function* polled(client: Client, id: string, signal: AbortSignal): AsyncGenerator {
  const path = withQuery(apiPath`/containers/${id}/stats`, { stream: false, 'one-shot': true });
  while (!signal.aborted) {
    const answer = await unlessOver(client.send({ path, signal }));
    // Podman 4.3 answers with an empty body when the container does not run.
    if (answer === null) return;
    yield answer;
    await wait(POLL_EVERY, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

async function unlessOver(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    const isOver =
      error instanceof EngineError && ['cancelled', 'not-found', 'conflict'].includes(error.kind);
    if (isOver) return null;
    throw error;
  }
}

function readable(answer: unknown, hostMemory: number): StatsReading | null {
  try {
    return readStats(answer, hostMemory);
  } catch (error) {
    if (!(error instanceof UnreadableField)) throw error;
    throw new EngineError('protocol', `the engine’s statistics cannot be read: ${error.message}`, {
      cause: error,
    });
  }
}
