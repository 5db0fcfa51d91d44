import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectionError, tooSlow } from './connection-error.ts';
import { tlsAddress } from './dial.ts';
import type { Endpoint } from './endpoint.ts';

/** How long making a connection may take, ms. */
const CONNECT_WITHIN = 10_000;

/**
 * A bare connection to an endpoint, for bytes that somebody else has put together. Both directions end by themselves.
 * Throws `EngineError`. Through ssh it is there at once, and what is wrong comes as the stream's error.
 *
 * A failed write does not end it: an engine may have answered and hung up before it had read everything, and its
 * answer is still to be read. The end of the reading side tells.
 */
export async function openConnection(endpoint: Endpoint): Promise<Duplex> {
  if (endpoint.via === 'ssh') {
    const { dialSsh } = await import('./dial-ssh.ts');
    return dialSsh(endpoint);
  }
  const { socket, ready } = start(endpoint);
  forgiveWrites(socket);
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      socket.setTimeout(0);
      reject(connectionError(cause, endpoint));
    };
    socket.setTimeout(CONNECT_WITHIN, () => socket.destroy(tooSlow('no connection', CONNECT_WITHIN)));
    socket.once('error', fail);
    socket.once(ready, () => {
      socket.setTimeout(0);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

type Started = { socket: Socket; ready: 'connect' | 'secureConnect' };

function start(endpoint: Exclude<Endpoint, { via: 'ssh' }>): Started {
  const halves = { allowHalfOpen: true };
  if (endpoint.via === 'tls') {
    const tls = process.getBuiltinModule('node:tls');
    return { socket: tls.connect(Object.assign(tlsAddress(endpoint), halves)), ready: 'secureConnect' };
  }
  const socket =
    endpoint.via === 'tcp'
      ? connect({ host: endpoint.host, port: endpoint.port, ...halves })
      : connect({ path: endpoint.path, ...halves });
  return { socket, ready: 'connect' };
}

/** Node destroys a socket when a write fails, with all that has come and is not read yet. */
function forgiveWrites(socket: Socket): void {
  // oxlint-disable no-underscore-dangle -- Node's name for what a stream does with a chunk
  const write = socket._write.bind(socket);
  const writev = socket._writev?.bind(socket);
  // oxlint-enable no-underscore-dangle
  const forgiving =
    (done: (error?: Error | null) => void) =>
    (error?: Error | null): void => {
      if (error && !socket.readableEnded) {
        socket.once('end', () => socket.destroy());
        done();
      } else done(error);
    };
  Object.assign(socket, {
    _write: (...[chunk, encoding, done]: Parameters<typeof write>) => write(chunk, encoding, forgiving(done)),
    ...(writev && {
      _writev: (...[chunks, done]: Parameters<typeof writev>) => writev(chunks, forgiving(done)),
    }),
  });
}
