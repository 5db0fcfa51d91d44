import type { Endpoint } from '../endpoint.ts';
import type { EngineFamily } from '../engine.ts';
import type { EngineErrorKind } from '../errors.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A place where an engine may be: somewhere to connect to, or the reason why that is out of the question. `label` is
 * for routes that lead to several places.
 */
export type Candidate = { host: string; label?: string } & ({ to: Endpoint } | { failed: Failure });

export type Failure = {
  ok: false;
  /** `same`: the socket was reached by an earlier route. */
  kind: EngineErrorKind | 'same';
  /** One line. */
  why: string;
  /** What the error itself advised; empty where only the table knows. */
  advice: string;
};

/** One row of the table of ways to an engine. */
export type Route = {
  id: string;
  label: string;
  /** The person named this engine: it is the choice, and its failure never leads to another one. */
  explicit: boolean;
  /** Where this way leads; empty where it does not apply here. Explicit routes throw `UsageError`. */
  find(s: Surroundings): Promise<Candidate[]>;
  /** What to do when its socket is missing or nobody listens. */
  start: string;
  /** What to do when its socket may not be used. */
  denied: string;
  /** Programs (names in PATH) and folders (absolute or `~/`) which show that it is installed: then “start it” is worth saying. */
  signs: readonly string[];
  /** The engine lives in a virtual machine: its paths are not ours. */
  inMachine: boolean;
};

export type RouteReport = {
  /** Id of the route. */
  route: string;
  label: string;
  host: string;
  explicit: boolean;
  result: { ok: true; family: EngineFamily; apiVersion: string } | Failure;
};
