import type { Endpoint } from '../endpoint.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { checkSocket } from './check-socket.ts';
import { EXPLICIT_ROUTES } from './explicit-routes.ts';
import { LOCAL_ROUTES } from './local-routes.ts';
import type { Candidate, Failure, Route, RouteReport } from './route.ts';
import type { Surroundings } from './surroundings.ts';
import { whyNot } from './why-not.ts';

/** All ways to an engine, in the order in which they are preferred. */
export const ROUTES: readonly Route[] = [...EXPLICIT_ROUTES, ...LOCAL_ROUTES];

export type Connect = (
  endpoint: Endpoint,
  options?: { signal?: AbortSignal; timeoutMs?: number },
) => Promise<Engine>;

export type FoundEngine = { report: RouteReport; engine: Engine };

export type RouteSearch = {
  /** One for each place looked at, in table order. */
  reports: readonly RouteReport[];
  /** Those that answered, connected, in table order; whoever called closes what it does not use. */
  engines: readonly FoundEngine[];
};

export type SearchOptions = {
  connect: Connect;
  signal?: AbortSignal;
  /** Limit for each place; by default longer the farther away it is. */
  timeoutMs?: number;
  /** Called for each place as soon as it is decided. */
  onReport?: (report: RouteReport) => void;
};

const TIMEOUT_MS: Record<Endpoint['via'], number> = {
  unix: 2000,
  pipe: 2000,
  // Two lost SYNs (1 s + 2 s) are not yet a failure.
  tcp: 5000,
  tls: 5000,
  ssh: 15_000,
};

/**
 * Looks for engines. Where the person named one (flag, variable, docker context) only that one is tried; otherwise
 * all usual places at once. Throws `UsageError` for a name that cannot be used, and `cancelled` when aborted.
 */
export async function findEngines(s: Surroundings, options: SearchOptions): Promise<RouteSearch> {
  const places = withoutTwins(await Promise.all((await placesToTry(s)).map(lookAt)));
  const tried = await Promise.allSettled(places.map((place) => tryPlace(place, options)));
  const attempts = tried.filter((attempt) => attempt.status === 'fulfilled').map(({ value }) => value);
  const engines = attempts.flatMap(({ report, engine }) => (engine === null ? [] : [{ report, engine }]));
  const broken = tried.find((attempt) => attempt.status === 'rejected');
  if (broken || options.signal?.aborted) {
    for (const { engine } of engines) engine.close();
    throw broken?.reason ?? new EngineError('cancelled', 'The search was ended.');
  }
  return { reports: attempts.map(({ report }) => report), engines };
}

/**
 * Whether the person named an engine, by a flag, a variable or a docker context; connects to nothing. Throws `UsageError`
 * where the name cannot be used.
 */
export async function isEngineNamed(s: Surroundings): Promise<boolean> {
  for (const route of EXPLICIT_ROUTES) {
    // oxlint-disable-next-line no-await-in-loop -- the first that is named counts, the others are not looked at
    if ((await placesOf(route, s)).length > 0) return true;
  }
  return false;
}

type Place = { route: Route; candidate: Candidate };
/** `socket` is the file that was found, links followed; null where the way is not a socket's. */
type Looked = Place & { failure: Failure | null; socket: string | null };
type Attempt = { report: RouteReport; engine: Engine | null };

/** The person's choice, or all usual places. What comes after a choice is not even looked at. */
async function placesToTry(s: Surroundings): Promise<Place[]> {
  for (const route of EXPLICIT_ROUTES) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    const places = await placesOf(route, s);
    if (places.length > 0) return places;
  }
  return (await Promise.all(LOCAL_ROUTES.map((route) => placesOf(route, s)))).flat();
}

async function placesOf(route: Route, s: Surroundings): Promise<Place[]> {
  return (await route.find(s)).map((candidate) => ({ route, candidate }));
}

async function lookAt(place: Place): Promise<Looked> {
  const { candidate } = place;
  if ('failed' in candidate) return { ...place, failure: candidate.failed, socket: null };
  if (candidate.to.via !== 'unix') return { ...place, failure: null, socket: null };
  const looked = await checkSocket(candidate.to.path);
  return looked.ok
    ? { ...place, failure: null, socket: looked.realPath }
    : { ...place, failure: looked, socket: null };
}

/** `/var/run/docker.sock` is often a link to one of the others: an engine is offered once, by its first route. */
function withoutTwins(places: readonly Looked[]): Looked[] {
  return places.map((place, index) => {
    const first = places.findIndex(({ socket }) => socket !== null && socket === place.socket);
    if (first === -1 || first === index) return place;
    const why = `the same socket as ${places[first]?.candidate.host}`;
    return { ...place, failure: { ok: false, kind: 'same', why, advice: '' } };
  });
}

async function tryPlace(place: Looked, options: SearchOptions): Promise<Attempt> {
  const [result, engine] = await resultOf(place, options);
  const { route, candidate } = place;
  const { id, explicit } = route;
  const report = { route: id, label: candidate.label ?? route.label, host: candidate.host, explicit, result };
  options.onReport?.(report);
  return { report, engine };
}

async function resultOf(
  { candidate, failure }: Looked,
  { connect, signal, timeoutMs }: SearchOptions,
): Promise<[RouteReport['result'], Engine | null]> {
  if (failure !== null) return [failure, null];
  if ('failed' in candidate) return [candidate.failed, null];
  const limit = timeoutMs ?? TIMEOUT_MS[candidate.to.via];
  try {
    const engine = await connect(candidate.to, { timeoutMs: limit, ...(signal && { signal }) });
    return [{ ok: true, family: engine.family, apiVersion: engine.apiVersion }, engine];
  } catch (error) {
    return [whyNot(error, candidate.to, limit), null];
  }
}
