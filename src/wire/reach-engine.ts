import type { Duplex } from 'node:stream';
import type { Endpoint } from '../engine/endpoint.ts';
import { EngineError } from '../engine/errors.ts';
import { openConnection } from '../engine/open-connection.ts';

/** The engine on screen and how the person knows it; without one `host` says why, as half a sentence. */
export type Target = { endpoint: Endpoint | null; host: string };

/** What the client is answered instead. */
export type Unreachable = { status: 502 | 503; problem: string };
export type Reached = { stream: Duplex; endpoint: Endpoint };

/** Opens a connection to the engine on screen, or says why there is none. */
export async function reachEngine({ endpoint, host }: Target): Promise<Reached | Unreachable> {
  if (endpoint === null) return { status: 503, problem: `no engine is on screen${host && `: ${host}`}` };
  try {
    return { stream: await openConnection(endpoint), endpoint };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { status: 502, problem: `the engine at ${host} cannot be reached: ${withAdvice(error)}` };
  }
}

export function withAdvice({ message, advice }: EngineError): string {
  return advice === '' ? message : `${message}. ${advice}`;
}
