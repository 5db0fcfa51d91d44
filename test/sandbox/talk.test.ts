import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listen } from '../../src/sandbox/talk.ts';

it('a connection that breaks under a conversation ends it, and is nobody’s bug', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-talk-'));
  const server = createServer((peer) => peer.resume());
  try {
    server.listen(join(folder, 'socket'));
    await once(server, 'listening');
    const socket = connect(join(folder, 'socket'));
    await once(socket, 'connect');
    const errors: string[] = [];
    socket.on('error', (error) => errors.push(error.message));
    listen(socket, () => {});
    const closed = once(socket, 'close').catch(() => undefined);
    // As when the other end hangs up while something is being written.
    socket.destroy(new Error('write EPIPE'));
    await closed;
    expect(errors).toEqual(['write EPIPE']);
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
