import type { Endpoint } from '../endpoint.ts';
import { EngineError } from '../errors.ts';
import type { EngineErrorKind } from '../errors.ts';
import type { Failure } from './route.ts';

/** Longest reason that is shown; it stands on one line beside the route. */
const LONGEST = 200;

/** What is said where the error has no words of an engine, only a system's code. */
const PLAIN: Partial<Record<EngineErrorKind, string>> = {
  missing: 'no such file or host',
  denied: 'permission denied',
  refused: 'nobody listens (connection refused)',
  'not-engine': 'something answers that is no engine',
  lost: 'the connection broke',
};

/** Why a connection did not come about, in one line. Errors that are not an engine's are bugs and pass through. */
export function whyNot(error: unknown, to: Endpoint, timeoutMs: number): Failure {
  if (!(error instanceof EngineError)) throw error;
  const kind = wantsTls(error, to) ? 'tls' : error.kind;
  const why = oneLine(words(error, kind, to, timeoutMs));
  return { ok: false, kind, why, advice: isLocal(to) && TABLE_KNOWS.has(kind) ? '' : error.advice };
}

/** For these the route's row knows which service to start, where the error can only guess. */
const TABLE_KNOWS: ReadonlySet<EngineErrorKind> = new Set([
  'missing',
  'denied',
  'refused',
  'timeout',
  'not-engine',
]);

function isLocal({ via }: Endpoint): boolean {
  return via === 'unix' || via === 'pipe';
}

/** dockerd with TLS answers plain HTTP with a 400 in words, or with a reset. */
function wantsTls(error: EngineError, to: Endpoint): boolean {
  return to.via === 'tcp' && /HTTPS server|\bTLS\b/i.test(error.message);
}

function words(error: EngineError, kind: EngineErrorKind, to: Endpoint, timeoutMs: number): string {
  if (kind === 'timeout' && to.via !== 'ssh') return `no answer within ${timeoutMs / 1000} s`;
  if (kind === 'tls' && to.via === 'tcp') return 'it wants TLS';
  return (isLocal(to) ? PLAIN[kind] : undefined) ?? (error.message || kind);
}

function oneLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
