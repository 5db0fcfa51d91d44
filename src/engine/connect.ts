import { agreeVersion } from './agree-version.ts';
import { dial } from './dial.ts';
import { dockerEngine } from './docker-adapter.ts';
import type { Endpoint } from './endpoint.ts';
import type { Engine } from './engine.ts';
import { podmanEngine } from './podman-adapter.ts';

/** A local engine answers `/_ping` in 1–30 ms; ssh needs half a second. */
const CONNECT_WITHIN = 4000;

/** One call to see who answers there, no more. Throws `EngineError`. */
export async function connect(
  endpoint: Endpoint,
  { signal, timeoutMs = CONNECT_WITHIN }: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<Engine> {
  const connection = await dial(endpoint);
  try {
    const agreement = await agreeVersion(connection, { signal, answerWithin: timeoutMs });
    return agreement.family === 'podman' ? podmanEngine(agreement) : dockerEngine(agreement);
  } catch (error) {
    connection.close();
    throw error;
  }
}
