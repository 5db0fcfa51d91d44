import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTlsEnd } from '../../../src/engine/tls-end.ts';
import { explainedBy } from '../../../src/lesson/errors/explain-error.ts';
import { makeCertificates } from '../../../src/sandbox/second-engine/certificates.ts';
import { runScript } from '../../wire/run-script.ts';
import { PROVOKED_BY_TLS } from './provoked-tls-errors.ts';

const context = {
  family: 'docker',
  images: [],
  containers: [],
  volumes: [],
  networks: [],
  sandbox: false,
  command: '',
} as const;

describe('a way with certificates that goes wrong', () => {
  const undo = new AsyncDisposableStack();
  let env: Record<string, string>;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-tls-'));
    undo.defer(() => rm(folder, { recursive: true }));
    const [C, CO] = [join(folder, 'good'), join(folder, 'old')];
    // No engine is behind them: none of these comes so far.
    const [good, old] = await Promise.all([
      makeCertificates(C).then((certificate) => openTlsEnd('/nowhere', certificate)),
      makeCertificates(CO, -1).then((certificate) => openTlsEnd('/nowhere', certificate)),
    ]);
    const web = createServer((_, response) => response.end('OK')).listen(0, '127.0.0.1');
    await once(web, 'listening');
    undo.defer(() => [good, old, web].forEach((server) => void server.close()));
    const { port } = web.address() as AddressInfo;
    env = { C, CO, P: String(good.port), OLD: String(old.port), W: String(port) };
  });
  afterAll(() => undo.disposeAsync());

  it.each(PROVOKED_BY_TLS)('%s: %s', async (id, line) => {
    const { out, err, code } = await runScript('unix:///nowhere', line, env);
    const found = explainedBy(out + err, context);
    expect({ id: found?.row.id, words: out + err }).toEqual({ id, words: out + err });
    expect(code).not.toBe(0);
    for (const text of [found?.explained.meaning ?? '', found?.explained.tryThis ?? ''])
      expect(text).toMatch(/^\S(?!.*undefined).{20,300}$/);
  });
});
