import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type PortBridge, openPortBridge } from '../../src/sandbox/port-bridge.ts';
import { hasEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';

const MEGABYTE = 1024 ** 2;

/** Servers inside the namespace: an echo that answers after the end of the question, a source, and a sink that reads nothing. */
const SERVERS = `
const { createServer } = require('node:net');
createServer({ allowHalfOpen: true }, (s) => { let n = 0; s.on('data', (d) => n += d.length); s.on('end', () => s.end('got ' + n)); }).listen(PORT);
createServer((s) => s.end(Buffer.alloc(32 * ${MEGABYTE}))).listen(PORT + 1);
createServer((s) => s.pause()).listen(PORT + 2);
console.log('ready');
`;

it('leads to an engine’s address where its network may not be entered', async () => {
  const server = createServer((socket) => socket.end('there')).listen(0, '127.0.0.2');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const bridge = await openPortBridge(0, '127.0.0.2');
  onTestFinished(() => {
    bridge.close();
    server.close();
  });
  await bridge.show([port]);
  expect(bridge.ports()).toEqual([{ port, problem: '' }]);
  expect(await text(connect({ host: '127.0.0.1', port }))).toBe('there');
});

describe.skipIf(!hasEngine('docker'))('the port bridge', () => {
  let inside: ChildProcess;
  let bridge: PortBridge;
  let port: number;

  beforeAll(async () => {
    port = await fourFreePorts();
    const script = `ip link set lo up && exec "$0" -e "$1"`;
    inside = spawn(
      'setpriv',
      [
        '--pdeathsig',
        'KILL',
        'unshare',
        '--net',
        'sh',
        '-c',
        script,
        process.execPath,
        SERVERS.replaceAll('PORT', String(port)),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    if (!inside.stdout || !inside.pid) throw new Error('the namespace did not start');
    await once(inside.stdout, 'data');
    bridge = await openPortBridge(inside.pid);
    await bridge.show([port, port + 1, port + 2]);
  });

  afterAll(async () => {
    bridge?.close();
    inside?.kill('SIGKILL');
  });

  const reach = async (at: number): Promise<Socket> => {
    const socket = connect({ host: '127.0.0.1', port: at, allowHalfOpen: true });
    await once(socket, 'connect');
    return socket;
  };

  it('passes on the end of a question and still brings the answer', async () => {
    const socket = await reach(port);
    socket.end('question');
    expect(await text(socket)).toBe('got 8');
  });

  it('brings every byte', async () => {
    const socket = await reach(port + 1);
    let length = 0;
    for await (const chunk of socket) length += chunk.length;
    expect(length).toBe(32 * MEGABYTE);
    socket.end();
  });

  it('holds the sender back when the reader does not read', async () => {
    const socket = await reach(port + 2);
    for (let round = 0; round < 64; round++) socket.write(Buffer.alloc(MEGABYTE));
    // Kernel buffers on the way take some; a bridge that swallowed everything would take it all.
    const taken = () => socket.bytesWritten - socket.writableLength;
    await untilSteady(taken);
    expect(taken()).toBeLessThan(48 * MEGABYTE);
    socket.destroy();
  });

  it('ends a connection when nobody listens inside, and refuses it once the port is withdrawn', async () => {
    await bridge.show([port, port + 1, port + 2, port + 3]);
    const socket = connect({ host: '127.0.0.1', port: port + 3 });
    socket.on('error', () => socket.destroy());
    await new Promise((resolve) => socket.on('close', resolve));
    await bridge.show([port, port + 1, port + 2]);
    await expect(reach(port + 3)).rejects.toThrow('ECONNREFUSED');
  });

  it('serves fifty at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const socket = await reach(port);
        socket.end('x'.repeat(index));
        return text(socket);
      }),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, index) => `got ${index}`));
  });
});

/** Until a figure has not changed for a third of a second. */
async function untilSteady(figure: () => number): Promise<void> {
  let last = figure();
  let since = Date.now();
  await until(() => {
    if (figure() !== last) since = Date.now();
    last = figure();
    return Date.now() - since > 300;
  });
}

/** The first of four neighbours that are free. */
async function fourFreePorts(): Promise<number> {
  for (let first = 21_000 + (process.pid % 4000) * 4; ; first += 4) {
    const servers = [0, 1, 2, 3].map((offset) => createServer().listen(first + offset, '127.0.0.1'));
    const areFree = await Promise.all(servers.map((server) => once(server, 'listening'))).then(
      () => true,
      () => false,
    );
    for (const server of servers) server.close();
    if (areFree) return first;
  }
}
