import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Server, createServer } from 'node:net';
import type { BridgeOrder } from './bridge.ts';
import { hasCode } from './has-code.ts';
import { enterNetwork } from './enter-network.ts';
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

/** @param address of the engine in the network of this machine, for who may not enter the holder's */
export async function openPortBridge(holder: number, address?: string): Promise<PortBridge> {
  const shown = new Map<number, BridgedPort>();
  let inner = await startInner(holder, address);
  let wanted: ReadonlySet<number> = new Set();
  let isClosed = false;
  let queue: Promise<void> = Promise.resolve();
  const update = async () => {
    for (const port of shown.keys())
      if (!wanted.has(port)) {
        if (shown.get(port)?.problem === '') await closeBoth(inner, port);
        shown.delete(port);
      }
    // A port that was taken is tried again: its owner may have ended.
    for (const port of wanted)
      if (shown.get(port)?.problem !== '') shown.set(port, await openPort(inner, port));
  };
  const watchOver = () => {
    inner.once('exit', () => {
      if (!isClosed) queue = queue.then(startAgain);
    });
  };
  const startAgain = async () => {
    shown.clear();
    inner = await startInner(holder, address);
    watchOver();
    await update();
  };
  watchOver();
  return {
    show: (ports) => {
      wanted = new Set(ports);
      return (queue = queue.then(update));
    },
    ports: () => [...shown.values()].toSorted((a, b) => a.port - b.port),
    close: () => {
      isClosed = true;
      inner.kill('SIGKILL');
    },
  };
}

/** nsenter becomes Node by exec, so that the message channel survives; kill -9 of us closes that channel and ends it. */
async function startInner(holder: number, address?: string): Promise<ChildProcess> {
  const node = [process.execPath, programFile('bridge')] as const;
  const [program, words] = address === undefined ? enterNetwork(holder, node) : [node[0], [node[1], address]];
  const inner = spawn(program, words, { cwd: '/', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await Promise.race([once(inner, 'message'), once(inner, 'exit').then(refuse)]);
  inner.on('error', () => inner.kill('SIGKILL'));
  return inner;
}

function refuse(): never {
  throw new Error('the port bridge did not start');
}

async function openPort(inner: ChildProcess, port: number): Promise<BridgedPort> {
  let problem = '';
  for (const host of LOOPBACKS) {
    try {
      const server = await listenOn(host, port);
      // Whoever comes before the other process takes over is passed on as well; nobody would answer here.
      server.on('connection', (socket) => inner.send({ order: 'join', key: '', port }, socket));
      await order(inner, { order: 'open', key: `${host} ${port}`, port }, server);
      // The other process has its own copy now; with ours open too we would take every other connection.
      server.close();
    } catch (error) {
      // A machine without IPv6 has no ::1.
      if (host === '::1' && hasCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) continue;
      problem ||= hasCode(error, 'EADDRINUSE')
        ? `port ${port} of this machine is taken by another program`
        : `port ${port}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  // One half would be confusing: `localhost` would then reach one program or the other.
  if (problem) await closeBoth(inner, port);
  return { port, problem };
}

async function closeBoth(inner: ChildProcess, port: number): Promise<void> {
  for (const host of LOOPBACKS) await order(inner, { order: 'close', key: `${host} ${port}`, port });
}

async function listenOn(host: string, port: number): Promise<Server> {
  // Paused, so that nothing of a connection is read before it has been passed on.
  const server = createServer({ pauseOnConnect: true });
  server.listen({ host, port, ipv6Only: true });
  await once(server, 'listening');
  return server;
}

/** Resolves when it is done, or when the other process has ended, after which nothing is open. */
async function order(inner: ChildProcess, message: BridgeOrder, server?: Server): Promise<void> {
  if (!inner.connected) return;
  await new Promise<void>((resolve, reject) => {
    const finish = () => {
      inner.off('message', heard).off('exit', finish);
      resolve();
    };
    const heard = (key: unknown) => {
      if (key === message.key) finish();
    };
    inner.on('message', heard).on('exit', finish);
    inner.send(message, server, {}, (error) => {
      if (error) reject(error);
    });
  });
}
