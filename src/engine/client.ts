import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dial } from './dial.ts';
import type { Endpoint } from './endpoint.ts';
import { EngineError, isEngineGone } from './errors.ts';
import { exchange, upgrade } from './exchange.ts';
import type { Call } from './exchange.ts';
import { readBody } from './read-body.ts';
import { replyError } from './reply-error.ts';

/** A 2xx or 304 that says nothing we need. */
const NOTHING = null;
const NOT_MODIFIED = 304;

/** The Engine API over one endpoint. Every method throws `EngineError` and nothing else. */
export type Client = {
  host: string;
  endpoint: Endpoint;
  /** Parsed JSON. */
  json(call: Call): Promise<unknown>;
  /** For calls whose answer may be nothing: podman says `OK` or `Created` as text, Docker nothing. Null then. */
  send(call: Call): Promise<unknown>;
  /** The body as it arrives, on a connection of its own. */
  stream(call: Call): Promise<IncomingMessage>;
  /** A two-way stream; errors on it end it, they never go unheard. */
  hijack(call: Call): Promise<Duplex>;
  /** The answer's headers, its body read and dropped. */
  headers(call: Call): Promise<IncomingMessage['headers']>;
  /** Whether somebody answers, found out on a new connection where that is cheap: a kept one outlives its socket's file. */
  probe(call: Call): Promise<void>;
  close(): void;
};

/** @param prefix the version that is spoken, as `/v1.41`; empty before it is agreed */
export function createClient(dial: Dial, prefix: string): Client {
  const full = (call: Call): Call => ({ ...call, path: prefixOf(call, prefix) + call.path });
  const running = new Set<Duplex | IncomingMessage>();
  const track = <T extends Duplex | IncomingMessage>(stream: T): T => {
    running.add(stream);
    stream.once('close', () => running.delete(stream));
    return stream;
  };
  return {
    host: dial.host,
    endpoint: dial.endpoint,
    json: async (call) => parse((await answer(dial, full(call))).body),
    send: async (call) => {
      const { body } = await answer(dial, full(call));
      return /^\s*[[{]/.test(body) ? parse(body) : NOTHING;
    },
    headers: async (call) => (await answer(dial, full(call))).response.headers,
    probe: (call) => probe(dial, full(call)),
    stream: async (call) => track(await checked(await exchange(dial, dial.own(), full(call)))),
    hijack: async (call) => track(await hijack(dial, full(call))),
    close: () => {
      for (const stream of running) stream.destroy();
      dial.close();
    },
  };
}

/** Podman's own paths have versions of their own; 4.0.0 is the oldest that 4.x and 5.x speak. */
function prefixOf({ path }: Call, prefix: string): string {
  return path.startsWith('/libpod/') ? '/v4.0.0' : prefix;
}

async function answer(dial: Dial, call: Call): Promise<{ response: IncomingMessage; body: string }> {
  const response = await checked(await shortExchange(dial, call));
  return { response, body: await readBody(response) };
}

async function probe(dial: Dial, call: Call): Promise<void> {
  const { via } = dial.endpoint;
  const connection = via === 'unix' || via === 'pipe' ? dial.own() : dial.kept();
  await readBody(await checked(await exchange(dial, connection, call)));
}

/** The engine may have closed a kept connection just now. Asking again is harmless for a GET, and only for a GET. */
async function shortExchange(dial: Dial, call: Call): Promise<IncomingMessage> {
  try {
    return await exchange(dial, dial.kept(), call);
  } catch (error) {
    const isStale = isEngineGone(error) && error.kind === 'lost';
    if (isStale && (call.method ?? 'GET') === 'GET') return exchange(dial, dial.own(), call);
    throw error;
  }
}

async function checked(response: IncomingMessage): Promise<IncomingMessage> {
  const status = response.statusCode ?? 0;
  if ((status >= 200 && status < 300) || status === NOT_MODIFIED) return response;
  throw replyError(status, await readBody(response));
}

async function hijack(dial: Dial, call: Call): Promise<Duplex> {
  const result = await upgrade(dial, dial.own(), call);
  if ('response' in result) {
    const body = await readBody(await checked(result.response));
    throw new EngineError('protocol', body.slice(0, 200) || 'the engine did not open a two-way stream');
  }
  // An engine that dies resets this socket at any time; whoever reads it sees it close.
  result.socket.on('error', () => result.socket.destroy());
  return result.socket;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw new EngineError('protocol', 'the engine’s answer is not JSON', { cause });
  }
}
