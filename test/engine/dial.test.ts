import { createServer } from 'node:https';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import { makeCertificates } from '../support/certificates.ts';
import { HELLO, listen, listenAsEngine, temporaryFolder } from '../support/engine-server.ts';

async function kindOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'connected',
    (error: { kind?: unknown }) => error.kind,
  );
}

describe('an engine behind TLS', async () => {
  const serve = async () => {
    const { ca, server, client } = await makeCertificates(await temporaryFolder());
    const options = { ...server, ca, requestCert: true, rejectUnauthorized: true };
    const port = await listen(createServer(options, HELLO), 0);
    return { port, ca, client };
  };

  it('is reached with the right certificates, also by streams', async () => {
    const { port, ca, client } = await serve();
    const engine = await connect({ via: 'tls', host: '127.0.0.1', port, ca, ...client, verify: true });
    expect(engine.host).toBe(`tcp://127.0.0.1:${port}`);
    expect((await engine.about()).version).toBe('20.10.24');
    const events = engine.watch({ signal: AbortSignal.timeout(5000) })[Symbol.asyncIterator]();
    // This server has no events; that it says so shows that the connection of the stream's own stood.
    await expect(events.next()).rejects.toMatchObject({ kind: 'not-found' });
    engine.close();
  });

  it('is refused with the wrong authority, without a certificate, and without TLS', async () => {
    const { port, ca, client } = await serve();
    const at = { host: '127.0.0.1', port } as const;
    const nothing = { cert: null, key: null };
    expect(await kindOf(connect({ via: 'tls', ...at, ca: null, ...client, verify: true }))).toBe('tls');
    expect(await kindOf(connect({ via: 'tls', ...at, ca, ...nothing, verify: true }))).toMatch(
      /^(tls|lost)$/,
    );
    expect(await kindOf(connect({ via: 'tcp', ...at }))).toMatch(/^(tls|lost)$/);
  });
});

it('TLS to an engine without it says so', async () => {
  const port = await listenAsEngine(0);
  const nothing = { ca: null, cert: null, key: null };
  const error = connect({ via: 'tls', host: '127.0.0.1', port, ...nothing, verify: false });
  expect(await kindOf(error)).toBe('tls');
});

it('an engine on TCP is reached', async () => {
  const port = await listenAsEngine(0);
  const engine = await connect({ via: 'tcp', host: 'localhost', port });
  expect(engine.family).toBe('docker');
  engine.close();
});

it('a host that is not there is missing, a port nobody listens on is refused', async () => {
  expect(await kindOf(connect({ via: 'tcp', host: 'nowhere.invalid', port: 1 }))).toBe('missing');
  expect(await kindOf(connect({ via: 'tcp', host: '127.0.0.1', port: 1 }))).toBe('refused');
});
