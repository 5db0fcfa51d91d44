import { batches } from './batches.ts';
import type { Client } from './client.ts';
import type { EngineEvent } from './engine.ts';
import { brokenOff } from './connection-error.ts';
import { jsonLines } from './json-lines.ts';
import { openQuietly } from './open-quietly.ts';
import { isNoise, readRawEvent } from './raw-event.ts';
import type { RawEvent } from './raw-event.ts';

export type WatchOptions = { signal: AbortSignal; onReady?: () => void };

/** @param translate an engine family's meaning of an event */
export async function* watchEvents(
  client: Client,
  translate: (raw: RawEvent) => EngineEvent[],
  { signal, onReady }: WatchOptions,
): AsyncGenerator<EngineEvent, void, undefined> {
  const response = await openQuietly(client, { path: '/events', signal });
  if (response === null) return;
  onReady?.();
  for await (const batch of batches(response, jsonLines(), signal)) {
    for (const value of batch) {
      const raw = readRawEvent(value);
      if (raw !== null && !isNoise(raw)) yield* translate(raw);
    }
  }
  // An engine that is shut down ends the stream in good order; to us it is gone all the same.
  if (!signal.aborted) throw brokenOff();
}
