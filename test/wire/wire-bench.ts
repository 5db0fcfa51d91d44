import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint } from '../../src/engine/endpoint.ts';
import { openWire } from '../../src/wire/open-wire.ts';
import type { WireCall } from '../../src/wire/wire-call.ts';
import { until } from '../support/until.ts';

export const LABEL = { name: 'slipway.run', value: 'run-1' };

export type WireBench = Awaited<ReturnType<typeof openBench>>;

/** A wire with one socket, and what it has told. */
export async function openBench(endpoint: Endpoint | null, host = 'the engine') {
  const folder = await mkdtemp(join(tmpdir(), 'sw-'));
  const told: WireCall[] = [];
  const wire = await openWire({ folder, label: LABEL, onCall: (call) => told.push(call) });
  wire.setTarget(endpoint, host);
  const listener = await wire.listen(1);
  const calls = (): WireCall[] => [...new Map(told.map((call) => [call.id, call])).values()];
  return {
    wire,
    folder,
    told,
    /** The latest of each call. */
    calls,
    socket: listener.socket,
    host: `unix://${listener.socket}`,
    listener,
    /** The latest of the only call, once it has ended. */
    async ended(): Promise<WireCall> {
      await until(() => calls().length > 0 && calls().every(({ endedAfter }) => endedAfter !== null));
      const [call, ...others] = calls();
      if (!call || others.length > 0) throw new Error(`${calls().length} calls`);
      return call;
    },
    client: () => openClient(listener.socket),
    async [Symbol.asyncDispose](): Promise<void> {
      await wire.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type RawClient = Awaited<ReturnType<typeof openClient>>;

/** A client that writes bytes and keeps what comes. */
export async function openClient(path: string) {
  const socket = connect({ path, allowHalfOpen: true });
  await once(socket, 'connect');
  let got = Buffer.alloc(0);
  socket.on('data', (piece) => (got = Buffer.concat([got, piece])));
  // What breaks shows in what was got, and in `closed`.
  socket.on('error', () => undefined);
  return {
    socket,
    send: (text: string | Buffer) => void socket.write(text),
    got: () => got.toString('latin1'),
    bytes: () => got,
    until: (wanted: string) => until(() => got.includes(wanted)),
    ended: () => until(() => socket.readableEnded || socket.destroyed),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

export type RawEngine = Awaited<ReturnType<typeof startRawEngine>>;

/** An engine that does with each connection what a test wants; it keeps what it was sent. */
export async function startRawEngine(serve: (socket: Socket, got: () => string) => void = () => {}) {
  const folder = await mkdtemp(join(tmpdir(), 'se-'));
  const path = join(folder, 'e.sock');
  const sockets = new Set<Socket>();
  const received: Buffer[] = [];
  let opened = 0;
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    opened++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let got = '';
    socket.on('data', (piece) => {
      received.push(piece);
      got += piece.toString('latin1');
    });
    serve(socket, () => got);
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    endpoint: { via: 'unix', path } satisfies Endpoint,
    sockets,
    opened: () => opened,
    received: () => Buffer.concat(received).toString('latin1'),
    receivedBytes: () => Buffer.concat(received),
    /** The one connection that is open. */
    async socket(): Promise<Socket> {
      await until(() => sockets.size > 0);
      const [first] = sockets;
      if (!first) throw new Error('nobody has connected');
      return first;
    },
    /** Every connection has been closed, not only the client's half of it, which is all that reading tells. */
    gone: () =>
      until(() => {
        for (const socket of sockets) if (socket.readableEnded) socket.write(Buffer.alloc(0));
        return sockets.size === 0;
      }),
    async [Symbol.asyncDispose](): Promise<void> {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Answers each request whose head is complete with the same bytes. */
export function answering(answer: string | Buffer) {
  return (socket: Socket, got: () => string): void => {
    let answered = 0;
    socket.on('data', () => {
      const asked = got().split('\r\n\r\n').length - 1;
      for (; answered < asked; answered++) socket.write(answer);
    });
    socket.on('end', () => socket.end());
  };
}
