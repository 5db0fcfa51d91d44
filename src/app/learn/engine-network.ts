import type { Engine } from '../../engine/engine.ts';
import type { Place } from './reach-place.ts';

/** From where an engine's network is reached, for what has to run beside it. */
export type EngineNetwork =
  /** That of the sandbox; its keeper runs what is asked for. */
  | { in: 'sandbox' }
  /** That of this machine. */
  | { in: 'machine' }
  /** One of its own, through a process in it. */
  | { in: 'namespace'; holder: number }
  /** On another machine, or in a virtual one. */
  | { in: 'elsewhere' };

/** An engine of the person's own is on this machine when its socket is, and it is not in a virtual one. */
export function networkOf({ endpoint }: Engine, place: Place): EngineNetwork {
  if (place === 'sandbox') return { in: 'sandbox' };
  const isHere = endpoint.via === 'unix' && process.platform === 'linux' && !/desktop/.test(endpoint.path);
  return { in: isHere ? 'machine' : 'elsewhere' };
}
