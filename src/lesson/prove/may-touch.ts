import type { WireCall } from '../../wire/wire-call.ts';
import type { Everything } from '../fence/baseline.ts';

type Ended = Pick<WireCall, 'method' | 'path' | 'status' | 'request'>;

/** What these make has another name than anything that was there, or the lists tell. */
const MAKES_APART =
  /^(?:swarm\/init|services\/create|commit|build|auth|session|grpc|images\/(?:create|load)|images\/.+\/tag|exec\/.+)$/;
/** What is made so may share the volumes of something that was there; a network forgets its members when they go. */
const MAKES_UPON = /^(?:containers|volumes|networks)\/create$/;
/** A refusal leaves all as it is, but for the start of a box, which keeps what it failed of. */
const REFUSED: readonly (number | null)[] = [400, 404, 405, 409];
const NAMES = /^(?:containers|volumes|networks|services)\/([^/]+)/;

/**
 * Whether a call may have changed something that is in these lists. Where it cannot be told (a prune, a body that was too
 * long to keep, whatever is not known here) it may have.
 */
export function mayTouch({ method, path, status, request }: Ended, everything: Everything): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  if (REFUSED.includes(status) && !/\/(?:re)?start$/.test(path)) return false;
  const bare = path.replace(/^\/(?:libpod\/)?/, '');
  if (MAKES_APART.test(bare)) return false;
  if (bare === 'swarm/leave') return everything.swarm.length > 0;
  if (MAKES_UPON.test(bare)) {
    const upon = namesIn({ ...everything, network: [] });
    return request === null || request.cut || upon.some((name) => request.text.includes(name));
  }
  const named = NAMES.exec(bare)?.[1];
  if (named === undefined || named === 'prune') return true;
  return [...namesIn(everything), ...idsIn(everything)].some(
    (known) => known === named || isShortFor(named, known),
  );
}

function namesIn({ container, volume, network, service }: Everything): string[] {
  const own = network.filter((item) => item.kind !== 'network' || !item.builtIn);
  const name = (item: { name?: string; id: string }): string => item.name ?? item.id;
  return [...container, ...volume, ...own, ...service].map(name);
}

function idsIn({ container, network, service }: Everything): string[] {
  return [...container, ...network, ...service].map(({ id }) => id);
}

function isShortFor(short: string, id: string): boolean {
  return /^[0-9a-f]{4,}$/.test(short) && id.startsWith(short);
}
