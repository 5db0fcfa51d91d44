import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** An empty folder that is gone when the test ends. The path is short: sockets in it allow 107 bytes. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sl-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** As much of a Docker 20.10 as a first hello needs. */
export const HELLO: RequestListener = (request, response) => {
  const path = request.url?.replace(/^\/v[\d.]+/, '') ?? '';
  const body = answers()[path];
  response.setHeader('content-type', path === '/_ping' ? 'text/plain' : 'application/json');
  response.setHeader('api-version', '1.41');
  response.setHeader('server', 'Docker/20.10.24 (linux)');
  response.statusCode = body === undefined ? 404 : 200;
  response.end(body ?? JSON.stringify({ message: 'page not found' }));
};

function answers(): Record<string, string> {
  return { '/_ping': 'OK', '/version': JSON.stringify(VERSION), '/info': JSON.stringify(INFO) };
}

const VERSION = {
  Version: '20.10.24',
  ApiVersion: '1.41',
  MinAPIVersion: '1.12',
  Os: 'linux',
  Arch: 'amd64',
  Components: [{ Name: 'Engine', Version: '20.10.24' }],
};

const INFO = {
  ID: 'X',
  ServerVersion: '20.10.24',
  Driver: 'overlay2',
  CgroupVersion: '2',
  OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  OSType: 'linux',
  Architecture: 'x86_64',
  DockerRootDir: '/',
  NCPU: 2,
  MemTotal: 4e9,
  SecurityOptions: ['name=seccomp,profile=default'],
  Warnings: null,
};

/** Listens on a socket path (its folder is made) or a port of loopback, until the test ends. */
export async function listen(server: Server, where: string | 0): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
  });
  if (typeof where === 'string') await mkdir(dirname(where), { recursive: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (where === 0) server.listen(0, '127.0.0.1', resolve);
    else server.listen(where, resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  );
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export async function listenAsEngine(where: string | 0, answer: RequestListener = HELLO): Promise<number> {
  return listen(createServer(answer), where);
}
