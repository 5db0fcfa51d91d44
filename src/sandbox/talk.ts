import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Usage } from './cgroup.ts';
import type { RegistryEvent } from './registry/registry-event.ts';

/** What is said to the keeper over its control socket, one JSON object per line. A lease lasts as long as its connection. */
export type Ask =
  | { ask: 'lease'; keep: boolean }
  | { ask: 'keep' | 'status' | 'stop' | 'reset' | 'registry' }
  /** Answered with its address, and then with all that happens in it, until either side hangs up. */
  | { ask: 'registry-events' };

/** What the keeper answers: any number of steps, then one of the others. */
export type Answer =
  | { say: 'step'; text: string }
  /** `standing`: that of its way (`ways.ts`). */
  | { say: 'ready'; socket: string; standing: string; warnings: readonly string[] }
  /** To every lease, at any time after `ready`. */
  | { say: 'warning'; text: string }
  | { say: 'status'; status: KeeperStatus }
  | { say: 'done'; ms: number }
  /** Host and port. */
  | { say: 'registry'; address: string }
  | { say: 'registry-event'; event: RegistryEvent }
  | { say: 'failed'; why: string };

export type KeeperStatus = {
  /** How the engine was started, in words. */
  way: string;
  engine: 'starting' | 'ready' | 'resetting' | 'stopping';
  /** Of the keeper, of `unshare`, and of the shell that is process 1 inside. */
  pids: { keeper: number; engine: number; holder: number };
  /** Milliseconds since the epoch. */
  startedAt: number;
  leases: number;
  keep: boolean;
  host: string;
  usage: Usage;
  limits: { memory: number; pids: number };
  /** Bytes; null where what it holds is out of our sight. */
  diskLimit: number | null;
  ports: readonly BridgedPort[];
  warnings: readonly string[];
};

/** A published port of a container; `problem` says why it cannot be reached from this machine. */
export type BridgedPort = { port: number; problem: string };

export function say(socket: Socket, message: Ask | Answer): void {
  // Whoever has hung up does not want to hear it.
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Calls `heard` for every line that is JSON; one that is not ends the conversation. */
export function listen(socket: Socket, heard: (message: unknown) => void): void {
  const lines = createInterface({ input: socket });
  // It passes on what breaks the socket, which is heard there already; unheard here it would end the program.
  lines.on('error', () => {});
  lines.on('line', (line) => {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch (cause) {
      socket.destroy(new Error(`not understood: ${line.slice(0, 80)}`, { cause }));
      return;
    }
    heard(message);
  });
}

/** The other end is our own program, of this version or another, so that only the kind of message is checked. */
export function isAsk(message: unknown): message is Ask {
  return typeof message === 'object' && message !== null && 'ask' in message;
}

export function isAnswer(message: unknown): message is Answer {
  return typeof message === 'object' && message !== null && 'say' in message;
}
