import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { type TLSSocket, createServer as createTlsServer } from 'node:tls';

/** What a server proves itself with, as PEM text, and whom it lets in: everybody with a certificate of this authority. */
export type ServerCertificate = { ca: string; cert: string; key: string };

/** A port of this machine's loopback behind which an engine's socket is reached by whoever has a certificate. */
export type TlsEnd = { port: number; close(): void };

/** How every handshake begins (RFC 8446, 5.1). */
const HANDSHAKE = 22;

/** What an engine that listens with TLS itself says to a client without (Go's net/http). */
const PLAIN_REFUSED =
  'HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n' +
  'Client sent an HTTP request to an HTTPS server.\n';

/**
 * Does what `dockerd --tlsverify -H tcp://` does, in front of any engine: podman’s service has no TLS of its own, and
 * an engine in a network of its own would need a bridge besides.
 */
export async function openTlsEnd(socket: string, certificate: ServerCertificate): Promise<TlsEnd> {
  const open = new Set<Socket>();
  const verify = { requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;
  const tls = createTlsServer({ ...certificate, ...verify, allowHalfOpen: true }, (outer) =>
    join(outer, socket),
  );
  // The client is told by an alert, and says it better.
  tls.on('tlsClientError', (_error, client) => client.destroy());
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (raw) => {
    open.add(raw);
    raw.on('close', () => open.delete(raw));
    raw.on('error', () => raw.destroy());
    raw.once('data', (first: Buffer) => {
      raw.pause();
      if (first[0] !== HANDSHAKE) return raw.end(PLAIN_REFUSED);
      raw.unshift(first);
      return tls.emit('connection', raw);
    });
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the TLS end has no port');
  return {
    port: address.port,
    close() {
      server.close();
      for (const raw of open) raw.destroy();
    },
  };
}

/** Half-closed connections stay half-closed: `docker load` and `run -i` end their side and wait for the answer. */
function join(outer: TLSSocket, path: string): void {
  const inner = connect({ path, allowHalfOpen: true });
  inner.on('connect', () => {
    outer.pipe(inner);
    inner.pipe(outer);
  });
  inner.on('error', () => outer.destroy());
  outer.on('error', () => inner.destroy());
  inner.on('close', () => outer.destroySoon());
  outer.on('close', () => inner.destroySoon());
}
