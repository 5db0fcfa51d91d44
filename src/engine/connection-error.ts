import { cleanText } from './clean-text.ts';
import type { Endpoint } from './endpoint.ts';
import { EngineError } from './errors.ts';
import type { EngineErrorKind } from './errors.ts';

type Meaning = { kind: EngineErrorKind; says: string; advice?: string };

/** Node's codes for a connection that failed, sorted. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOENT: {
    kind: 'missing',
    says: 'no such file',
    advice:
      'The engine is not installed or not started: sudo systemctl start docker, or start Docker Desktop.',
  },
  ENOTFOUND: { kind: 'missing', says: 'no such host', advice: 'Check the name of the host.' },
  EAI_AGAIN: { kind: 'missing', says: 'the host’s name cannot be looked up', advice: 'Check the network.' },
  EACCES: {
    kind: 'denied',
    says: 'permission denied',
    advice: 'Join the docker group (sudo usermod -aG docker $USER), then log in again.',
  },
  EPERM: { kind: 'denied', says: 'not permitted' },
  ECONNREFUSED: {
    kind: 'refused',
    says: 'connection refused',
    advice: 'Nobody listens there: the engine stopped. Start it: sudo systemctl start docker.',
  },
  EHOSTUNREACH: { kind: 'missing', says: 'the host cannot be reached' },
  ENETUNREACH: { kind: 'missing', says: 'the network cannot be reached' },
  ENOTSOCK: { kind: 'not-engine', says: 'this is not a socket' },
  ETIMEDOUT: { kind: 'timeout', says: 'no answer' },
  ECONNRESET: { kind: 'lost', says: 'the engine closed the connection' },
  EPIPE: { kind: 'lost', says: 'the engine closed the connection' },
  EPROTO: {
    kind: 'tls',
    says: 'this port does not speak TLS, or not with these certificates',
    advice: 'Without TLS: unset DOCKER_TLS_VERIFY. With it: check DOCKER_CERT_PATH.',
  },
};

const TLS_ADVICE = 'Check the certificates in DOCKER_CERT_PATH (ca.pem, cert.pem, key.pem).';
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** Sorts what Node says of a connection that could not be made, or that broke. */
export function connectionError(cause: unknown, endpoint: Endpoint): EngineError {
  if (cause instanceof EngineError) return cause;
  const { code, message } = detailsOf(cause);
  if (TLS_CODE.test(code)) return new EngineError('tls', cleanText(message), { advice: TLS_ADVICE, cause });
  if (code.startsWith('HPE_')) return notHttp(code, cause);
  const meaning = MEANINGS[code];
  if (meaning === undefined) return new EngineError('lost', cleanText(message), { cause });
  const advice = meaning.kind === 'lost' ? lostAdvice(endpoint) : (meaning.advice ?? '');
  return new EngineError(meaning.kind, `${meaning.says}: ${place(endpoint)}`, { advice, cause });
}

/** The answer stopped in the middle. */
export function brokenOff(cause?: unknown): EngineError {
  return new EngineError('lost', 'the engine broke off in the middle of its answer', { cause });
}

export function cancelled(): EngineError {
  return new EngineError('cancelled', 'cancelled');
}

export function tooSlow(what: string, ms: number): EngineError {
  const limit = ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
  return new EngineError('timeout', `${what} within ${limit}`, {
    advice: 'The engine may be overloaded or stopped (paused).',
  });
}

function notHttp(code: string, cause: unknown): EngineError {
  return code === 'HPE_INVALID_CHUNK_SIZE'
    ? new EngineError('protocol', 'the engine’s answer cannot be read', { cause })
    : new EngineError('not-engine', 'what answered does not speak HTTP', {
        advice: 'Another program listens there; check the address.',
        cause,
      });
}

function lostAdvice(endpoint: Endpoint): string {
  return endpoint.via === 'tcp' ? 'If that port wants TLS, set DOCKER_TLS_VERIFY=1.' : '';
}

function place(endpoint: Endpoint): string {
  return cleanText('path' in endpoint && endpoint.via !== 'ssh' ? endpoint.path : endpoint.host);
}

function detailsOf(cause: unknown): { code: string; message: string } {
  // Node tries all addresses of a name and wraps what each said.
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  if (!(first instanceof Error)) return { code: '', message: String(first) };
  const code = 'code' in first && typeof first.code === 'string' ? first.code : '';
  return { code, message: first.message };
}
