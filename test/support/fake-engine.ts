import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint } from '../../src/engine/endpoint.ts';
import { FAULTS, takeFault } from './fake-faults.ts';
import type { Fault } from './fake-faults.ts';
import { answerFake } from './fake-routes.ts';
import type { FakeHub } from './fake-hub.ts';
import { createState } from './fake-state.ts';
import type { FakeState, StateOptions } from './fake-state.ts';

export type FakeOptions = StateOptions & {
  family?: 'docker' | 'podman';
  apiVersion?: string;
  /** The oldest version that it speaks; older requests get 400. */
  minApiVersion?: string;
};

export type FakeEngine = FakeHub & {
  /** For DOCKER_HOST. */
  host: string;
  endpoint: Endpoint;
  /** Faults that spoil answers from now on; the first that fits counts. */
  faults: Fault[];
  /** Every request so far as `METHOD /path?query`, decoded, without the version. */
  requests: string[];
  /** How many requests so far fit. */
  count(pattern: RegExp): number;
  /** As kill -9 of the engine: every connection breaks, nobody listens. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** An engine in this process, for faults and scale; what it answers comes from `state`. */
export async function startFakeEngine(options: FakeOptions = {}): Promise<FakeEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-engine-'));
  const path = join(folder, 'engine.sock');
  const hub = createHub(options);
  const faults: Fault[] = [];
  const requests: string[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const said = `${request.method} ${decodeURIComponent((request.url ?? '').replace(/^\/v1\.\d+/, ''))}`;
    requests.push(said);
    const fault = takeFault(faults, said);
    if (fault !== null) FAULTS[fault](response);
    else void answerFake(hub, request, response);
  };
  const door = createDoor(path, listener);
  await door.open();
  return Object.assign(hub, {
    host: `unix://${path}`,
    endpoint: { via: 'unix', path } as const,
    faults,
    requests,
    count: (pattern: RegExp) => requests.filter((said) => pattern.test(said)).length,
    goDown: door.close,
    comeUp: door.open,
    [Symbol.asyncDispose]: async () => {
      await door.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

function createHub(options: FakeOptions): FakeHub {
  const state: FakeState = createState(options);
  return {
    state,
    family: options.family ?? 'docker',
    apiVersion: options.apiVersion ?? '1.41',
    minApiVersion: options.minApiVersion ?? '1.12',
    watchers: new Set(),
    readers: new Map(),
    emit(event) {
      const line = `${JSON.stringify({ timeNano: Date.now() * 1e6, ...event })}\n`;
      for (const watcher of this.watchers) watcher.write(line);
    },
    log(id, text, stream = 'stdout') {
      const line = { at: new Date().toISOString(), stream, text };
      state.logs.get(id)?.push(line);
      for (const send of this.readers.get(id) ?? []) send(line);
    },
  };
}

type Door = { open: () => Promise<void>; close: () => Promise<void> };

function createDoor(
  path: string,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Door {
  let server: Server | null = null;
  const sockets = new Set<Socket>();
  return {
    async open() {
      server = createServer(listener);
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.on('error', () => socket.destroy());
      });
      const opening = server;
      await new Promise<void>((resolve) => opening.listen(path, resolve));
    },
    async close() {
      const closing = server;
      server = null;
      for (const socket of sockets) socket.destroy();
      if (closing) await new Promise((resolve) => closing.close(resolve));
      await rm(path, { force: true });
    },
  };
}
