import { createServer } from 'node:net';
import type { Server } from 'node:net';
import type { Endpoint } from '../engine/endpoint.ts';
import { RecordedCall } from './recorded-call.ts';
import { makeSocketFolder } from './socket-folder.ts';
import type { Target } from './reach-engine.ts';
import type { Label } from './stamp-label.ts';
import type { WireCall } from './wire-call.ts';
import { WireConnection } from './wire-connection.ts';
import type { Surroundings } from './wire-connection.ts';

export type WireOptions = {
  /** Where the private folder with the sockets is made; by default XDG_RUNTIME_DIR or the folder for temporary files. */
  folder?: string;
  /** Put on every container, volume, network, service and pod that is created through the wire. */
  label: Label;
  /** Told at the request's head, at the answer's, at the end, and of what goes on at most four times a second. */
  onCall: (call: WireCall) => void;
};

export type WireListener = {
  /** Path of the unix socket, or name of the pipe on Windows. */
  socket: string;
  /** Ends its connections, too. */
  close(): Promise<void>;
};

/** Sockets for the learner's shells, each leading to the engine on screen, whichever it is. */
export type Wire = {
  /**
   * Opens a socket of its own for a shell.
   *
   * @param source stands in the calls that come in by it
   */
  listen(source: number): Promise<WireListener>;
  /**
   * Where calls go from now on. Connections to another engine are ended. With null every call is answered 503.
   *
   * @param host the engine as the person knows it, for messages; for null why there is none, as half a sentence
   */
  setTarget(endpoint: Endpoint | null, host: string): void;
  close(): Promise<void>;
};

/** Nothing listens before `listen`. Throws when there is no place for a socket. */
export async function openWire({ folder, label, onCall }: WireOptions): Promise<Wire> {
  const sockets = await makeSocketFolder(folder);
  const connections = new Set<WireConnection>();
  const listeners = new Set<WireListener>();
  let target: Target = { endpoint: null, host: '' };
  let calls = 0;
  let connected = 0;

  const around = (source: number): Surroundings => {
    const connection = ++connected;
    return {
      target: () => target,
      label,
      startCall: (start) => new RecordedCall({ ...start, id: ++calls, source, connection }, onCall),
    };
  };
  const closeAll = (which: Iterable<WireConnection>, problem: string): void => {
    for (const connection of which) connection.close(problem);
  };

  return {
    async listen(source) {
      const own = new Set<WireConnection>();
      const socket = sockets.socketOf(source);
      const server = createServer({ allowHalfOpen: true }, (client) => {
        const connection = new WireConnection(client, around(source));
        for (const set of [own, connections]) {
          set.add(connection);
          client.once('close', () => set.delete(connection));
        }
      });
      await started(server, socket);
      const listener: WireListener = {
        socket,
        async close() {
          if (!listeners.delete(listener)) return;
          const closed = new Promise((resolve) => server.close(resolve));
          closeAll(own, 'the shell’s end of the wire was closed');
          await closed;
        },
      };
      listeners.add(listener);
      return listener;
    },
    setTarget(endpoint, host) {
      const isSame = JSON.stringify(endpoint) === JSON.stringify(target.endpoint);
      target = { endpoint, host };
      if (!isSame) closeAll(connections, 'the engine on screen has changed');
    },
    async close() {
      await Promise.all(Array.from(listeners, (listener) => listener.close()));
      await sockets.remove();
    },
  };
}

function started(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
