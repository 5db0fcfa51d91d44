import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Server, createServer } from 'node:net';
import type { BridgeOrder } from './bridge.ts';
import { hasCode } from './has-code.ts';
import { programFile } from './program-file.ts';
import type { BridgedPort } from './talk.ts';

/** Makes ports of a network namespace reachable under the same number on this machine's loopback, and nowhere else. */
export type PortBridge = {
  /** Opens what is new and closes what is gone. */
  show(ports: readonly number[]): Promise<void>;
  ports(): readonly BridgedPort[];
  close(): void;
};

const LOOPBACKS = ['127.0.0.1', '::1'] as const;

export async function openPortBridge(holder: number): Promise<PortBridge> {
  // nsenter becomes Node by exec, so that the message channel survives; kill -9 of us closes that channel and ends it.
  const inner = spawn(
    'nsenter',
    ['--target', String(holder), '--net', process.execPath, programFile('bridge')],
    {
      cwd: '/',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  await Promise.race([
    once(inner, 'message'),
    once(inner, 'exit').then(refuse),
    once(inner, 'error').then(refuse),
  ]);
  inner.on('error', () => inner.kill('SIGKILL'));
  const shown = new Map<number, BridgedPort>();
  let queue: Promise<void> = Promise.resolve();
  const update = async (wanted: ReadonlySet<number>) => {
    for (const port of shown.keys()) if (!wanted.has(port)) closePort(inner, shown, port);
    // A port that was taken is tried again: its owner may have ended.
    for (const port of wanted)
      if (shown.get(port)?.problem !== '') shown.set(port, await openPort(inner, port));
  };
  return {
    show: (ports) => (queue = queue.then(() => update(new Set(ports)))),
    ports: () => [...shown.values()].toSorted((a, b) => a.port - b.port),
    close: () => inner.kill('SIGKILL'),
  };
}

function refuse(): never {
  throw new Error('the port bridge did not start');
}

async function openPort(inner: ChildProcess, port: number): Promise<BridgedPort> {
  let opened = 0;
  let problem = '';
  for (const host of LOOPBACKS) {
    try {
      const server = await listenOn(host, port);
      await order(inner, { order: 'open', key: `${host} ${port}`, port }, server);
      // The other process has its own copy now; with ours open too we would take every other connection.
      server.close();
      opened++;
    } catch (error) {
      // A machine without IPv6 has no ::1.
      if (host === '::1' && hasCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) continue;
      problem ||= hasCode(error, 'EADDRINUSE')
        ? `port ${port} of this machine is taken by another program`
        : `port ${port}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  if (problem && opened > 0) closeBoth(inner, port);
  return { port, problem };
}

function closePort(inner: ChildProcess, shown: Map<number, BridgedPort>, port: number): void {
  if (shown.get(port)?.problem === '') closeBoth(inner, port);
  shown.delete(port);
}

function closeBoth(inner: ChildProcess, port: number): void {
  for (const host of LOOPBACKS)
    if (inner.connected) inner.send({ order: 'close', key: `${host} ${port}`, port } satisfies BridgeOrder);
}

async function listenOn(host: string, port: number): Promise<Server> {
  const server = createServer({ pauseOnConnect: true });
  server.listen({ host, port, ipv6Only: true });
  await once(server, 'listening');
  return server;
}

function order(inner: ChildProcess, message: BridgeOrder, server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    inner.send(message, server, (error) => (error ? reject(error) : resolve()));
  });
}
