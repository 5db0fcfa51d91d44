import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Server, createServer } from 'node:net';
import { enterNetwork } from '../enter-network.ts';
import { hasCode } from '../has-code.ts';
import type { InsideMessage } from '../listen-inside.ts';
import { programFile } from '../program-file.ts';

/** Where an engine looks for a mirror, which it has to be told before there is a registry. */
export const REGISTRY_PORT = 5000;
/** Podman has to know each of them. */
export const REGISTRY_PORTS = Array.from({ length: 10 }, (_, index) => REGISTRY_PORT + index);

const LOOPBACKS = ['127.0.0.1', '::1'] as const;

/** Listens on the first port that is free on this machine's loopback, in both its addresses. */
export async function listenOutside(): Promise<{ port: number; servers: Server[] }> {
  for (const port of REGISTRY_PORTS) {
    const servers = await listenOn(port);
    if (servers !== null) return { port, servers };
  }
  throw new Error(`the ports ${REGISTRY_PORT} to ${REGISTRY_PORTS.at(-1)} of this machine are all taken`);
}

/** Null where one of the two is taken: `localhost` would reach one program or the other. */
async function listenOn(port: number): Promise<Server[] | null> {
  const servers: Server[] = [];
  for (const host of LOOPBACKS) {
    const server = createServer();
    server.listen({ host, port, ipv6Only: true });
    try {
      await once(server, 'listening');
      servers.push(server);
    } catch (error) {
      if (host === '::1' && hasCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) continue;
      for (const opened of servers) opened.close();
      if (hasCode(error, 'EADDRINUSE')) return null;
      throw error;
    }
  }
  return servers;
}

/** Listens inside a network namespace; the sockets are ours and stay in there. */
export async function listenInside(holder: number, ports: readonly number[]): Promise<Server[]> {
  const program = [process.execPath, programFile('listen-inside'), ...ports.map(String)];
  const [nsenter, words] = enterNetwork(holder, program);
  const inner = spawn(nsenter, words, {
    cwd: '/',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'] },
  });
  const servers: Server[] = [];
  const told = new Promise<void>((resolve, reject) => {
    inner.on('message', (message: InsideMessage, handle: unknown) => {
      if ('problem' in message) reject(new Error(`in the engine’s network: ${message.problem}`));
      if ('listens' in message && handle instanceof Server) servers.push(handle);
      if ('done' in message) resolve();
    });
    inner.on('error', reject);
    inner.on('exit', (code) => {
      if (code !== 0) reject(new Error('the engine’s network cannot be entered'));
    });
  });
  try {
    await told;
    return servers;
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
}
