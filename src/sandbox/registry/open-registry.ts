import { mkdir, rm } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import { cleanText } from '../../engine/clean-text.ts';
import { hasCode } from '../has-code.ts';
import { openOwnRegistry } from './own-registry.ts';
import { openRealRegistry } from './real-registry.ts';
import { Refusal } from './refusal.ts';
import { type RegistryEvent, registryEvent } from './registry-event.ts';
import { REGISTRY_PORT, listenInside, listenOutside } from './registry-ports.ts';
import type { RegistryServer } from './registry-server.ts';
import { type Room, measureRoom } from './room.ts';
import { seedRegistry } from './seed-registry.ts';

/** A registry for an engine on this machine, over plain HTTP on loopback, here and in the engine's network under the same address. */
export type Registry = {
  /** Host and port, as they stand in the name of an image. */
  address: string;
  /** The program that answers. */
  program: string;
  close(): Promise<void>;
};

export type RegistryOptions = {
  /** Holds what is pushed; it is removed on close. */
  folder: string;
  /** A process in the engine's network namespace; null when that is this machine's. */
  holder: number | null;
  onEvent?: (event: RegistryEvent) => void;
  /** Bytes. */
  limit?: number;
  /** `own`: also where the real one is installed. */
  program?: 'own' | 'real or own';
};

const LIMIT = 512 * 1024 * 1024;

/** Throws `Error` where no port is free. */
export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const { folder, holder, limit = LIMIT, onEvent = () => {} } = options;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(folder, { recursive: true, force: true }));
  const server = await openServer(options);
  undo.defer(() => server.close());
  const { port, servers } = await listenOutside();
  const closeAll = (): void => {
    for (const listening of servers) listening.close();
  };
  undo.defer(closeAll);
  if (holder !== null) servers.push(...(await listenInside(holder, [...new Set([REGISTRY_PORT, port])])));
  const room = await measureRoom(folder, limit);
  // What Slipway puts into it itself is nobody's doing.
  let isSeeded = false;
  const tell = (event: RegistryEvent): void => {
    if (isSeeded) onEvent(event);
  };
  undo.defer(answerOn(servers, (request, response) => answer(server, room, tell, request, response)));
  const address = `127.0.0.1:${port}`;
  await seedRegistry(address);
  isSeeded = true;
  const opened = undo.move();
  return { address, program: server.name, close: () => opened.disposeAsync() };
}

async function openServer({ folder, program }: RegistryOptions): Promise<RegistryServer> {
  return (program === 'own' ? null : await openRealRegistry(folder)) ?? openOwnRegistry(folder);
}

/** Gives what ends it, with the connections that are open. */
function answerOn(
  servers: readonly Server[],
  listener: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): () => void {
  // A large push on a slow disk takes as long as it takes.
  const http = createServer({ requestTimeout: 0 }, (request, response) => void listener(request, response));
  const sockets = new Set<Socket>();
  for (const server of servers)
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      http.emit('connection', socket);
      socket.resume();
    });
  return () => {
    for (const socket of sockets) socket.destroy();
    http.close();
  };
}

async function answer(
  server: RegistryServer,
  room: Room,
  onEvent: (event: RegistryEvent) => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '' } = request;
  response.setHeader('docker-distribution-api-version', 'registry/2.0');
  response.on('finish', () => {
    const digest = cleanText(String(response.getHeader('docker-content-digest') ?? ''));
    const path = cleanText(decodeURI(url.replace(/\?.*/, '')));
    const client = request.headers['user-agent'] ?? '';
    const event = registryEvent({ method, path, status: response.statusCode, digest, client }, Date.now());
    if (event !== null) onEvent(event);
  });
  // What is refused is read to its end all the same: a client that is still sending would see a broken line, not why.
  const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    await server.answer({ request, body: room.through(pieces), response });
  } catch (error) {
    if (response.headersSent || response.destroyed) return void response.destroy();
    const refusal = asRefusal(error);
    request.resume();
    if (!request.readableEnded)
      await new Promise((resolve) => request.once('close', resolve).once('end', resolve));
    response.writeHead(refusal.status, { 'content-type': 'application/json' });
    response.end(request.method === 'HEAD' ? undefined : refusal.body);
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) return new Refusal('DENIED', 'the registry’s disk is full');
  return new Refusal('DENIED', error instanceof Error ? error.message : String(error));
}
