import type { IncomingMessage } from 'node:http';
import { brokenOff } from './connection-error.ts';
import { EngineError } from './errors.ts';
import type { Parser } from './json-lines.ts';

/** Items that may wait for the reader before the engine has to wait too. */
const HIGH_WATER = 4000;

/**
 * The items that a parser finds in a stream. All that has arrived since the reader last asked comes as one batch,
 * so a slow reader gets large batches rather than falling behind. Ends quietly when `signal` is aborted.
 */
export async function* batches<T>(
  response: IncomingMessage,
  parser: Parser<T>,
  signal?: AbortSignal,
): AsyncGenerator<T[], void, undefined> {
  const inbox = openInbox(response, parser);
  try {
    while (true) {
      const batch = inbox.take();
      if (batch.length > 0) yield batch;
      else if (inbox.outcome === 'open') await inbox.news();
      else if (inbox.outcome === 'ended' || signal?.aborted) return;
      else throw inbox.outcome;
    }
  } finally {
    response.destroy();
  }
}

type Inbox<T> = { take(): T[]; outcome: 'open' | 'ended' | EngineError; news(): Promise<void> };

function openInbox<T>(response: IncomingMessage, parser: Parser<T>): Inbox<T> {
  let waiting: T[] = [];
  let wake: (() => void) | null = null;
  const receive = (items: T[]): void => {
    waiting = waiting.length === 0 ? items : waiting.concat(items);
    if (waiting.length >= HIGH_WATER) response.pause();
    if (items.length > 0) wake?.();
  };
  const finish = (outcome: 'ended' | EngineError): void => {
    if (inbox.outcome === 'open') inbox.outcome = outcome;
    wake?.();
  };
  const inbox: Inbox<T> = {
    outcome: 'open',
    take: () => {
      const batch = waiting;
      waiting = [];
      if (response.isPaused()) response.resume();
      return batch;
    },
    news: () => new Promise((resolve) => (wake = resolve)),
  };
  response.on('data', (chunk: Buffer) => {
    try {
      receive(parser.push(chunk));
    } catch (error) {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  response.on('error', (cause) => finish(cause instanceof EngineError ? cause : brokenOff(cause)));
  response.on('close', () => {
    if (response.complete) receive(parser.end());
    finish(response.complete ? 'ended' : brokenOff());
  });
  return inbox;
}
