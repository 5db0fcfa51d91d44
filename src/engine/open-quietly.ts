import type { IncomingMessage } from 'node:http';
import type { Client } from './client.ts';
import { EngineError } from './errors.ts';
import type { Call } from './exchange.ts';

/** Opens a stream; null when its signal was aborted before the answer, which is no error to an iterator. */
export async function openQuietly(
  client: Client,
  call: Call & { signal: AbortSignal },
): Promise<IncomingMessage | null> {
  try {
    return await client.stream(call);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'cancelled') return null;
    throw error;
  }
}
