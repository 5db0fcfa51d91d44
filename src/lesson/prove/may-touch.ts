import type { WireCall } from '../../wire/wire-call.ts';
import type { Everything } from '../fence/baseline.ts';

type Ended = Pick<WireCall, 'method' | 'path' | 'request'>;

/** Calls that make something and change nothing that was there. */
const MAKES =
  /^(?:\/libpod)?\/(?:(?:containers|volumes|networks|images)\/create|commit|build|auth|images\/load)$/;
const NAMES = /^(?:\/libpod)?\/(?:containers|volumes|networks)\/([^/]+)/;

/**
 * Whether a call may have changed something that is in these lists. Where it cannot be told (a prune, an exec, whatever is
 * not known here) it may have.
 */
export function mayTouch({ method, path, request }: Ended, everything: Everything): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  const names = namesIn(everything);
  // A box may share the volumes, or the network, of another one.
  if (MAKES.test(path)) return request !== null && names.some((name) => request.text.includes(name));
  if (/^(?:\/libpod)?\/images\/.+\/tag$/.test(path)) return false;
  if (/^\/(?:exec\/|session$|grpc$)/.test(path.replace(/^\/libpod/, ''))) return false;
  const named = NAMES.exec(path)?.[1];
  if (named === undefined || named === 'prune') return true;
  const bare = decodeURIComponent(named);
  return [...names, ...idsIn(everything)].some((known) => known === bare || isShortFor(bare, known));
}

function namesIn({ container, volume, network }: Everything): string[] {
  const own = network.filter((item) => item.kind !== 'network' || !item.builtIn);
  const name = (item: { name?: string; id: string }): string => item.name ?? item.id;
  return [...container, ...volume, ...own].map(name);
}

function idsIn({ container, network }: Everything): string[] {
  return [...container, ...network].map(({ id }) => id);
}

function isShortFor(short: string, id: string): boolean {
  return /^[0-9a-f]{4,}$/.test(short) && id.startsWith(short);
}
