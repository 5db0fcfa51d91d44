import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import { findEngines } from '../../../src/engine/routes/find-engines.ts';
import type { RouteReport } from '../../../src/engine/routes/route.ts';
import { makeCertificates } from '../../support/certificates.ts';
import type { Authority } from '../../support/certificates.ts';
import { HELLO, listen } from '../../support/engine-server.ts';

let folder = '';
let ours: Authority;
let theirs: Authority;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sl-tls-'));
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  await Promise.all([mkdir(one), mkdir(two)]);
  [ours, theirs] = await Promise.all([makeCertificates(one), makeCertificates(two)]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As `dockerd --tlsverify`: who has no certificate of its authority is not let in. */
async function startTlsEngine(): Promise<number> {
  return listen(
    createServer({ ...ours.server, ca: ours.ca, requestCert: true, rejectUnauthorized: true }, HELLO),
    0,
  );
}

async function certificateFolder(name: string, texts: Record<string, string>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  await Promise.all(Object.entries(texts).map(([file, text]) => writeFile(join(path, file), text)));
  return path;
}

async function ask(env: NodeJS.ProcessEnv): Promise<RouteReport['result'] | undefined> {
  const s = { env, home: folder, platform: 'linux' as const, uid: 1000, flags: {}, root: folder };
  const { reports, engines } = await findEngines(s, { connect });
  onTestFinished(() => engines.forEach(({ engine }) => engine.close()));
  expect(reports).toHaveLength(1);
  return reports[0]?.result;
}

function files({ ca, client }: Authority): Record<string, string> {
  return { 'ca.pem': ca, 'cert.pem': client.cert, 'key.pem': client.key };
}

it('an engine with TLS answers with the certificates of DOCKER_CERT_PATH', async () => {
  const DOCKER_HOST = `tcp://127.0.0.1:${await startTlsEngine()}`;
  const DOCKER_CERT_PATH = await certificateFolder('good', files(ours));
  expect(await ask({ DOCKER_HOST, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY: '1' })).toMatchObject({ ok: true });
  // DOCKER_TLS alone does not check the server, so another authority is as good.
  const other = await certificateFolder('other', { ...files(ours), 'ca.pem': theirs.ca });
  expect(await ask({ DOCKER_HOST, DOCKER_CERT_PATH: other, DOCKER_TLS: '1' })).toMatchObject({ ok: true });
});

it('the wrong authority and a missing client certificate are both told as TLS', async () => {
  const DOCKER_HOST = `tcp://127.0.0.1:${await startTlsEngine()}`;
  const wrong = await certificateFolder('wrong', { ...files(ours), 'ca.pem': theirs.ca });
  const without = await certificateFolder('without', { 'ca.pem': ours.ca });
  for (const DOCKER_CERT_PATH of [wrong, without]) {
    // oxlint-disable-next-line no-await-in-loop -- one search at a time
    const result = await ask({ DOCKER_HOST, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY: '1' });
    expect(result).toMatchObject({ ok: false, kind: 'tls' });
  }
});

it('an engine that wants TLS says so when it is asked without', async () => {
  const port = await listen(createServer({ ...ours.server }, HELLO), 0);
  const result = await ask({ DOCKER_HOST: `tcp://127.0.0.1:${port}` });
  expect(result).toMatchObject({ ok: false });
  expect(result && !result.ok && `${result.why} ${result.advice}`).toMatch(/TLS/);
});

it('a certificate folder without certificates is a usage error', async () => {
  const DOCKER_CERT_PATH = await certificateFolder('empty', {});
  const asked = ask({ DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_CERT_PATH, DOCKER_TLS_VERIFY: '1' });
  await expect(asked).rejects.toThrow(`no ca.pem, cert.pem or key.pem in ${DOCKER_CERT_PATH}`);
});
