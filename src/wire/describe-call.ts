import { cleanText } from '../engine/clean-text.ts';
import type { JsonValue } from '../engine/engine.ts';
import { LIBPOD_ROUTES } from './libpod-routes.ts';
import { the, touch, type Asked, type Route, type Touch, type TouchedKind } from './route.ts';
import { ROUTES } from './route-table.ts';
import type { RecordedBody, WireCall } from './wire-call.ts';

/** As much of a call as is needed to say what it means. */
export type DescribedCall = Pick<
  WireCall,
  'method' | 'path' | 'query' | 'status' | 'mode' | 'request' | 'response'
>;

export type CallDescription = {
  /** What the call does, in at most 90 characters that go on after “It”: `starts the container web`. */
  sentence: string;
  /** It is made to change the engine; whether it has, its status tells. */
  changes: boolean;
  /** Clients ask it of themselves before what they were told to do: `_ping`, `version`, `info`. */
  greeting: boolean;
  /** What it is about, named in its path, its query, its body or its answer. */
  touches: readonly Touch[];
};

/** Says in plain English what a call of the Engine API, or of libpod, does. */
export function describeCall(call: DescribedCall): CallDescription {
  const found = findRoute(call.method, call.path);
  if (found === null) return unknown(call);
  const { route, parts } = found;
  const asked = askedBy(call, parts);
  return {
    sentence: typeof route.says === 'string' ? fillIn(route.says, parts) : route.says(asked),
    changes: typeof route.changes === 'function' ? route.changes(asked) : (route.changes ?? false),
    greeting: route.greeting ?? false,
    touches: [...touchedByPath(parts), ...(route.touches?.(asked) ?? [])],
  };
}

/** The rows that a call has changed, as far as it is known now; none where it was refused, or changes nothing. */
export function touchedBy(call: DescribedCall): readonly Touch[] {
  const { changes, touches } = describeCall(call);
  const { status } = call;
  return changes && status !== null && status < 300 ? touches : [];
}

/** What the status means: `there is no such container`; empty before the answer. */
export function statusInWords(call: DescribedCall): string {
  const { status } = call;
  if (status === null) return '';
  if (call.mode === 'upgraded' && status < 300) return 'from here on a pipe both ways';
  if (status === 404) return `there is no such ${missingOf(call)}`;
  const words = STATUS_WORDS[status];
  if (words !== undefined) return words;
  if (status < 300) return 'it went well';
  if (status < 400) return 'not here: look elsewhere';
  return status < 500 ? 'the engine refused it' : 'the engine failed at it';
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  101: 'from here on a pipe both ways',
  200: 'it went well',
  201: 'it was created',
  202: 'accepted: the engine works on it',
  204: 'done; there is nothing more to say',
  301: 'not here: look elsewhere',
  304: 'it was so already: nothing was changed',
  400: 'the engine does not understand the question',
  401: 'not allowed without logging in',
  403: 'this is not allowed',
  405: 'the engine has this path, but not with that method',
  406: 'this cannot be done to it as it is now',
  409: 'conflict: the name is taken, or it is in use',
  500: 'the engine failed at it; its answer says why',
  501: 'this engine cannot do that',
  503: 'the engine cannot do that now; often it is not part of a swarm',
};

/** Why the engine refused a call, in its own words; empty where it said nothing. */
export function refusalOf({ status, response }: DescribedCall): string {
  if (status === null || status < 400) return '';
  const answer = read(response);
  return textIn(answer, 'message') || textIn(answer, 'cause');
}

function missingOf({ method, path }: DescribedCall): string {
  const found = findRoute(method, path);
  if (found?.route.missing !== undefined) return found.route.missing;
  const first = found?.parts.keys().next().value;
  return first === undefined ? 'thing' : (PART_WORDS[first] ?? first);
}

/** How a sentence calls what a pattern names. */
const PART_WORDS: Readonly<Record<string, string>> = {
  exec: 'command',
  node: 'machine',
  manifest: 'manifest list',
};

/** By name, in the order of the path. */
type Parts = ReadonlyMap<string, string>;
type Pattern = { route: Route; method: string; path: RegExp; names: readonly string[] };

let known: ReadonlyMap<string, readonly Pattern[]> | null = null;

/** By the first step of the path. Made when the first call is described: a start has no time for it. */
function patterns(): ReadonlyMap<string, readonly Pattern[]> {
  known ??= Map.groupBy([...LIBPOD_ROUTES, ...ROUTES].map(compile), ({ route }) =>
    topOf(route.ask.replace(/^\S+ /, '')),
  );
  return known;
}

function compile(route: Route): Pattern {
  const [method = '', path = ''] = route.ask.split(' ');
  const names: string[] = [];
  const source = path.replace(/:(\w+)(\*?)/g, (_, name: string, deep: string) => {
    names.push(name);
    return deep === '' ? '([^/]+)' : '(.+)';
  });
  return { route, method, path: new RegExp(`^${source}$`), names };
}

/** `/containers`, `/libpod/pods`: a call is compared with the routes of its top only. */
function topOf(path: string): string {
  return /^(?:\/libpod)?\/[^/]*/.exec(path)?.[0] ?? path;
}

function findRoute(method: string, path: string): { route: Route; parts: Parts } | null {
  const isLibpod = path.startsWith('/libpod/');
  for (const { route, method: wanted, path: pattern, names } of patterns().get(topOf(path)) ?? []) {
    const match = method === wanted ? pattern.exec(path) : null;
    if (match !== null)
      return { route, parts: new Map(names.map((name, i) => [name, decoded(match[i + 1] ?? '')])) };
  }
  return isLibpod ? findRoute(method, path.slice('/libpod'.length)) : null;
}

/** A part of an address as a person reads it; one that is not properly encoded stays as it is. */
function decoded(text: string): string {
  try {
    return cleanText(decodeURIComponent(text));
  } catch {
    return cleanText(text);
  }
}

function fillIn(sentence: string, parts: Parts): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) =>
    the(PART_WORDS[name] ?? name, parts.get(name) ?? ''),
  );
}

const TOUCHED: readonly TouchedKind[] = ['container', 'image', 'volume', 'network'];

function touchedByPath(parts: Parts): Touch[] {
  return TOUCHED.flatMap((kind) => touch(kind, parts.get(kind) ?? ''));
}

function askedBy(call: DescribedCall, parts: Parts): Asked {
  const query = new URLSearchParams(call.query);
  return {
    path: (name) => parts.get(name) ?? '',
    query: (name) => cleanText(query.get(name) ?? ''),
    queries: (name) => query.getAll(name).map(cleanText),
    isOn: (name) => ['1', 't', 'true'].includes((query.get(name) ?? '').toLowerCase()),
    sent: (name) => textIn(read(call.request), name),
    answered: (name) => textIn(read(call.response), name),
    body: () => read(call.request),
  };
}

/** Null for what is not JSON, or not all of it. */
function read(body: RecordedBody | null): JsonValue {
  if (body === null || body.cut) return null;
  try {
    return JSON.parse(body.text) as JsonValue;
  } catch {
    return null;
  }
}

function textIn(value: JsonValue, name: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  const found = Object.hasOwn(value, name) ? value[name] : '';
  return typeof found === 'string' ? cleanText(found) : '';
}

const UNKNOWN_VERBS: Readonly<Record<string, string>> = {
  GET: 'reads something',
  HEAD: 'asks about something',
  POST: 'asks for something to be done',
  PUT: 'puts something there',
  DELETE: 'removes something',
};

function unknown({ method }: DescribedCall): CallDescription {
  const verb = UNKNOWN_VERBS[method] ?? 'asks something';
  return {
    sentence: `${verb} that Slipway does not know; the path says more`,
    changes: !['GET', 'HEAD', 'OPTIONS'].includes(method),
    greeting: false,
    touches: [],
  };
}
