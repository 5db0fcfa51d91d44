import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openConnection } from '../../src/engine/open-connection.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { makeCertificates } from '../support/certificates.ts';
import { listen, temporaryFolder } from '../support/engine-server.ts';
import { leaveStaleSocket } from '../support/stale-socket.ts';
import { until } from '../support/until.ts';

/** Says what it was told, once the other half has ended. */
const echo = async (peer: Duplex): Promise<void> => {
  peer.on('error', () => undefined);
  peer.end(`heard ${await text(peer)}`);
};

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function ask(connection: Duplex): Promise<string> {
  connection.end('question');
  return text(connection);
}

async function failureOf(opening: Promise<Duplex>): Promise<EngineError> {
  const error = await opening.catch((caught: unknown) => caught);
  if (error instanceof EngineError) return error;
  throw new Error('it did not fail');
}

describe('a connection ends each half by itself', () => {
  it('over a unix socket', async () => {
    const path = join(await temporaryFolder(), 'd.sock');
    await listen(createServer({ allowHalfOpen: true }, echo), path);
    expect(await ask(await openConnection({ via: 'unix', path }))).toBe('heard question');
  });

  it('over TCP', async () => {
    const port = await portOf(createServer({ allowHalfOpen: true }, echo));
    expect(await ask(await openConnection({ via: 'tcp', host: '127.0.0.1', port }))).toBe('heard question');
  });

  it('over TLS, with the certificates of both sides', async () => {
    const { ca, server, client } = await makeCertificates(await temporaryFolder());
    const options = { ...server, ca, requestCert: true, rejectUnauthorized: true, allowHalfOpen: true };
    const port = await portOf(createTlsServer(options, echo));
    const endpoint = { via: 'tls', host: '127.0.0.1', port, ca, ...client, verify: true } as const;
    expect(await ask(await openConnection(endpoint))).toBe('heard question');
    const stranger = { ...endpoint, ca: null };
    expect(await failureOf(openConnection(stranger))).toMatchObject({
      kind: 'tls',
      advice: expect.stringContaining('certificates'),
    });
  });

  it('through ssh', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin/ssh'), '#!/bin/sh\nprintf "heard "; exec cat\n');
    await chmod(join(folder, 'bin/ssh'), 0o755);
    vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env['PATH']}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    const endpoint = { via: 'ssh', user: '', host: 'box', port: null, path: '' } as const;
    expect(await ask(await openConnection(endpoint))).toBe('heard question');
  });
});

describe('what cannot be reached is told with its kind', () => {
  it('a socket that is not there', async () => {
    const error = await failureOf(openConnection({ via: 'unix', path: '/nowhere/d.sock' }));
    expect(error).toMatchObject({ kind: 'missing', message: 'no such file: /nowhere/d.sock' });
  });

  it('a socket that nobody listens on', async () => {
    const path = join(await temporaryFolder(), 'd.sock');
    await leaveStaleSocket(path);
    expect((await failureOf(openConnection({ via: 'unix', path }))).kind).toBe('refused');
  });

  it('a port that speaks no TLS', async () => {
    const port = await portOf(createServer((peer) => void peer.end('hello\n')));
    const endpoint = {
      via: 'tls',
      host: '127.0.0.1',
      port,
      ca: null,
      cert: null,
      key: null,
      verify: false,
    } as const;
    expect((await failureOf(openConnection(endpoint))).kind).toBe('tls');
  });
});

it('still reads an answer after a write has failed, then closes', async () => {
  const path = join(await temporaryFolder(), 'd.sock');
  await listen(
    createServer((peer) => {
      peer.pause();
      peer.on('error', () => undefined);
      peer.write('no more', () => peer.destroy());
    }),
    path,
  );
  const connection = await openConnection({ via: 'unix', path });
  // Nothing has been read when the writes fail.
  const wrote = new Promise((resolve) => {
    const more = (): void => {
      connection.write(Buffer.alloc(1024 * 1024), () =>
        connection.writableLength === 0 ? resolve(null) : more(),
      );
    };
    more();
  });
  await wrote;
  const closed = once(connection, 'close');
  let heard = '';
  connection.on('data', (piece: Buffer) => (heard += piece.toString()));
  connection.on('error', () => undefined);
  await until(() => connection.readableEnded || connection.destroyed);
  expect(heard).toBe('no more');
  await closed;
});
