import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { Readable } from 'node:stream';
import type { Duplex } from 'node:stream';
import { cancelled, connectionError, tooSlow } from './connection-error.ts';
import type { Dial } from './dial.ts';

/** One request of the Engine API. `path` is encoded already (`apiPath`, `withQuery`). */
export type Call = {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Sent as JSON, or as it comes when it is a stream (a tar archive). */
  body?: object;
  signal?: AbortSignal | undefined;
  /** How long the engine may take until its first word of an answer, ms; null for as long as it likes. */
  answerWithin?: number | null;
};

/** Podman needs up to 6 s for some answers on a small machine that is busy. */
export const ANSWER_WITHIN = 15_000;

/** Sends a request and gives the answer as soon as its headers are here; its body is still to be read. */
export function exchange(dial: Dial, options: RequestOptions, call: Call): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = start(dial, options, call, reject);
    const guard = guardRequest(request, call);
    request.on('response', (response) => {
      guard.answered(response);
      resolve(response);
    });
    request.on('close', () => guard.closed());
    send(request, call);
  });
}

/** Asks the engine to turn the connection into a plain two-way stream. */
export function upgrade(
  dial: Dial,
  options: RequestOptions,
  call: Call,
): Promise<{ socket: Duplex } | { response: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const request = start(dial, options, call, reject, { connection: 'Upgrade', upgrade: 'tcp' });
    const guard = guardRequest(request, call);
    request.on('upgrade', (_response, socket, head) => {
      guard.closed();
      if (head.length > 0) socket.unshift(head);
      resolve({ socket });
    });
    request.on('response', (response) => {
      guard.answered(response);
      resolve({ response });
    });
    send(request, call);
  });
}

function start(
  dial: Dial,
  options: RequestOptions,
  call: Call,
  reject: (error: unknown) => void,
  extraHeaders: Record<string, string> = {},
): ClientRequest {
  const request = dial.request({
    ...options,
    method: call.method ?? 'GET',
    path: call.path,
    headers: { host: 'docker', ...bodyHeaders(call), ...extraHeaders },
  });
  // Stays for as long as the request lives: an error after the answer has begun must not end the program.
  request.on('error', (cause) => reject(connectionError(cause, dial.endpoint)));
  return request;
}

function bodyHeaders({ body, method }: Call): Record<string, string> {
  if (body instanceof Readable) return { 'content-type': 'application/x-tar' };
  if (body !== undefined) return { 'content-type': 'application/json' };
  return method === 'POST' ? { 'content-length': '0' } : {};
}

function send(request: ClientRequest, { body }: Call): void {
  if (body instanceof Readable) {
    body.on('error', (cause) => request.destroy(cause));
    body.pipe(request);
  } else {
    request.end(body === undefined ? undefined : JSON.stringify(body));
  }
}

type Guard = { answered: (response: IncomingMessage) => void; closed: () => void };

/** Ends a request that takes too long to answer, or that nobody wants any more. */
function guardRequest(request: ClientRequest, { signal, answerWithin = ANSWER_WITHIN }: Call): Guard {
  let subject: { destroy(error: Error): unknown } = request;
  const abort = (): void => void subject.destroy(cancelled());
  const timer =
    answerWithin === null
      ? undefined
      : setTimeout(() => request.destroy(tooSlow('no answer', answerWithin)), answerWithin);
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  const closed = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  };
  return {
    answered(response) {
      clearTimeout(timer);
      subject = response;
      response.once('close', closed);
    },
    closed,
  };
}
