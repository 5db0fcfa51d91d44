/**
 * The inner half of the port bridge. It runs inside the sandbox's network namespace and is given listening sockets of
 * the machine's loopback, which stay in the namespace they were made in: what arrives there is passed to the port of
 * the same number in here. Ends with its parent. With an address it stays outside and passes on to there.
 */
import { Server, Socket, connect } from 'node:net';

/** Every order but `join` is answered with its key once it is done. `open` comes with a server, `join` with a connection. */
export type BridgeOrder = { order: 'open' | 'close' | 'join'; key: string; port: number };

const address = process.argv[2] ?? '127.0.0.1';
const open = new Map<string, Server>();

process.on('disconnect', () => process.exit(0));
process.on('message', (message: BridgeOrder, handle: unknown) => {
  if (message.order === 'join') {
    if (handle instanceof Socket) join(handle, message.port);
    return;
  }
  if (message.order === 'open' && handle instanceof Server) serve(message, handle);
  else {
    open.get(message.key)?.close();
    open.delete(message.key);
  }
  process.send?.(message.key);
});
process.send?.('ready');

function serve({ key, port }: BridgeOrder, server: Server): void {
  open.set(key, server);
  server.on('connection', (outer: Socket) => join(outer, port));
}

function join(outer: Socket, port: number): void {
  // Half-closed connections stay half-closed: a client may end its request and still wait for the answer.
  const inner = connect({ host: address, port, allowHalfOpen: true });
  outer.allowHalfOpen = true;
  outer.setNoDelay();
  inner.setNoDelay();
  outer.pause();
  inner.on('connect', () => {
    // `pipe` waits for the slower side and passes on the end of either.
    outer.pipe(inner);
    inner.pipe(outer);
  });
  // A broken side breaks the other: the peer sees a reset or an end, as it would without us.
  inner.on('error', () => outer.resetAndDestroy());
  outer.on('error', () => inner.resetAndDestroy());
  inner.on('close', () => outer.destroySoon());
  outer.on('close', () => inner.destroySoon());
}
