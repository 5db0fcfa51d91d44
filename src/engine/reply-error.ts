import { cleanText } from './clean-text.ts';
import { EngineError } from './errors.ts';
import { looseRow } from './fields.ts';
import type { EngineErrorKind } from './errors.ts';

/** Longest message kept; some engines answer with a whole build's output. */
const MAX_MESSAGE = 2000;

const SAYINGS: readonly { says: RegExp; kind: EngineErrorKind; advice: string }[] = [
  {
    says: /no space left on device/i,
    kind: 'disk-full',
    advice: 'The engine’s disk is full: free space, e.g. by removing unused images.',
  },
  {
    says: /HTTP request to an HTTPS server/i,
    kind: 'tls',
    advice: 'This port wants TLS: set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH.',
  },
  {
    says: /client version \S+ is too old/i,
    kind: 'too-new',
    advice: 'This engine is newer than Slipway can speak with: update Slipway.',
  },
  { says: /client version \S+ is too new/i, kind: 'too-old', advice: 'This engine is too old: update it.' },
  // Podman answers 500 where Docker answers 409.
  {
    says: /is already in use|already used|already exists|cannot be removed without force/i,
    kind: 'conflict',
    advice: '',
  },
];

/** Sorts a reply that is not a success. The message is the engine's own. */
export function replyError(status: number, body: string): EngineError {
  const message = messageIn(body) || `the engine answered with HTTP status ${status}`;
  const saying = SAYINGS.find(({ says }) => says.test(message));
  if (saying) return new EngineError(saying.kind, message, { advice: saying.advice });
  return new EngineError(kindOf(status), message);
}

/** An error that arrives inside a stream of progress, after HTTP already said 200. */
export function streamedError(message: string): EngineError {
  const { kind, message: clean, advice } = replyError(500, message);
  const isMissing = kind === 'failed' && /not found|manifest unknown|no such image/i.test(clean);
  return new EngineError(isMissing ? 'not-found' : kind, clean, { advice });
}

function kindOf(status: number): EngineErrorKind {
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 501) return 'unsupported';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'rejected' : 'protocol';
}

function messageIn(body: string): string {
  return cleanText(jsonMessage(body) ?? body)
    .trim()
    .slice(0, MAX_MESSAGE);
}

function jsonMessage(body: string): string | null {
  if (!body.trimStart().startsWith('{')) return null;
  try {
    const { message } = looseRow(JSON.parse(body));
    return typeof message === 'string' ? message : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // Shown as the text that it is.
    throw error;
  }
}
