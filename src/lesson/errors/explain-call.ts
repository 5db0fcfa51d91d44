import { refusalOf, describeCall, type DescribedCall } from '../../wire/describe-call.ts';
import type { WireCall } from '../../wire/wire-call.ts';
import type { ErrorContext, Explained } from './error-row.ts';
import { didYouMeanImage, plainImage, wordsOf } from './real-names.ts';
import { explainError } from './explain-error.ts';

/** `body` is what was answered. */
export type AnsweredCall = Pick<WireCall, 'method' | 'path' | 'query' | 'status'> & {
  body: WireCall['response'];
};

/**
 * Refused as part of normal work: a client fits the size of a terminal whose program has just ended, asks whether BuildKit
 * is there, or waits for what has gone.
 */
const NORMAL = /\/resize$|\/wait$|^\/session$|^\/grpc$|^\/auth$/;
/** Podman prepares the program at this call already, and docker’s client keeps the reason of a refusal to itself. */
const ATTACH = /\/attach$/;
/** Nobody types a whole id: a client clears away what is gone by itself already. */
const CLEARING = /\/[0-9a-f]{64}(?:\/|$)/;
const READS =
  /^(?:\/libpod)?\/(?:containers|images|volumes|networks)\/(?<name>.+?)(?:\/(?:json|logs|top|stats|archive|history|changes))?$/;

/** The same as `explainError` of a call that has been answered with a refusal; null for what is part of normal work. */
export function explainCall(call: AnsweredCall, context: ErrorContext): Explained | null {
  const { method, path, query, status, body } = call;
  if (status === null || status < 400 || NORMAL.test(path)) return null;
  if (status === 404 && CLEARING.test(path)) return null;
  const described: DescribedCall = {
    method,
    path,
    query,
    status,
    mode: 'plain',
    request: null,
    response: body,
  };
  const { changes, greeting } = describeCall(described);
  if (greeting || !(changes || ATTACH.test(path) || isAskedFor(call, context))) return null;
  const message = refusalOf(described);
  if (message === '') return null;
  return isBeforePull(call) && !hasNearImage(message, context) ? null : explainError(message, context);
}

/** A look at one thing that the typed line names. `inspect` alone tries one kind after another, so most of its 404 are normal. */
function isAskedFor({ method, path }: AnsweredCall, { command }: ErrorContext): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const [program = '', verb = '', ...rest] = wordsOf(command);
  if (program === '' || verb === 'inspect') return false;
  const name = decoded(READS.exec(path)?.groups?.['name'] ?? '');
  return name !== '' && [verb, ...rest].some((word) => word === name || word.startsWith(`${name}:`));
}

/** Docker’s client pulls the image when a container cannot be made for want of it. */
function isBeforePull({ method, path, status }: AnsweredCall): boolean {
  return method === 'POST' && path === '/containers/create' && status === 404;
}

/** With no image near, the client has a right to pull; what comes of that is explained then. */
function hasNearImage(message: string, { images }: ErrorContext): boolean {
  const image = /No such image: (\S+)/i.exec(message)?.[1];
  return image === undefined || didYouMeanImage(plainImage(image), images) !== null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text; // As it was written.
    throw error;
  }
}
