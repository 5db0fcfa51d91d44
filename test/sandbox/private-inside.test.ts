import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { sandboxAbility, wayReports } from '../../src/sandbox/ability.ts';
import { loadBaseImage } from '../../src/sandbox/base-image.ts';
import { makePlaces, removeRun, sandboxPlaces } from '../../src/sandbox/places.ts';
import { startPrivateDockerd } from '../../src/sandbox/private-dockerd.ts';
import { type PrivateEngine, stopPrivateEngine } from '../../src/sandbox/private-engine.ts';
import { SANDBOX_LABEL } from '../../src/sandbox/private-inside.ts';
import { openSandbox, resetSandbox, sandboxStatus, stopSandbox } from '../../src/sandbox/sandbox.ts';
import { hasEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { engineImage } from './engine-image.ts';
import { publish, runSpec } from './run-spec.ts';

/**
 * Docker before 23 gives a privileged container rights that the machine itself may lack, and then fails; the later ones
 * leave those out, and so does this.
 */
const FEWER_RIGHTS = `#!/bin/sh
before=
for word; do
  [ "$before" = --bundle ] && sed -i 's/"CAP_SYS_RESOURCE",//g' "$word/config.json"
  before=$word
done
exec runc "$@"
`;
const LIMITS = { memory: 1024 ** 3, pids: 1000 };
const WEB = 'echo inside > /var/www/index.html; while true; do nc -l -p 80 httpd /var/www; done';

describe.skipIf(!hasEngine('docker') || process.getuid?.() !== 0)(
  'a sandbox inside a container of one’s own engine',
  { timeout: 180_000 },
  () => {
    let folder: string;
    let host: PrivateEngine;
    let own: Engine;

    const hostPlaces = () => sandboxPlaces(join(folder, 'host'));

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'slipway-inside-'));
      const runtime = join(folder, 'runtime');
      await writeFile(runtime, FEWER_RIGHTS, { mode: 0o755 });
      await makePlaces(hostPlaces());
      const words = ['--add-runtime', `fewer=${runtime}`, '--default-runtime', 'fewer'];
      host = await startPrivateDockerd(hostPlaces(), { limits: LIMITS, arguments: words });
      own = await connect({ via: 'unix', path: hostPlaces().socket });
      await loadBaseImage(own);
      vi.stubEnv('DOCKER_HOST', `unix://${hostPlaces().socket}`);
    }, 120_000);

    afterAll(async () => {
      vi.unstubAllEnvs();
      own?.close();
      if (host) await stopPrivateEngine(hostPlaces(), host, 0);
      await removeRun(hostPlaces());
      await rm(folder, { recursive: true, force: true });
    });

    const ours = async () =>
      (await own.list('container')).filter((row) => row.kind === 'container' && SANDBOX_LABEL in row.labels);

    it('says what to pull where there is no image for it, and is never chosen by itself', async () => {
      const { why } = (await wayReports()).find(({ way }) => way.kind === 'inside') ?? {};
      expect(why).toContain('docker pull docker.io/library/docker:dind');
      const ability = await sandboxAbility();
      expect(ability.can && ability.way.kind).not.toBe('inside');
    });

    it('runs containers, shows their ports, resets and ends, and touches nothing else there', async () => {
      await own.load(Readable.from([await engineImage('docker:dind')]));
      await own.carryOut({ do: 'run', spec: runSpec('sleep 1000', { name: 'mine' }) });
      await own.carryOut({ do: 'create-volume', name: 'mine', driver: '' });
      const places = sandboxPlaces(join(folder, 'sandbox'));
      onTestFinished(async () => void (await stopSandbox(places)));
      const first = await openSandbox({ places, kind: 'inside' });
      expect(first.standing).toBe('in a container');
      expect(first.warnings).toEqual([expect.stringContaining('volume of your own engine')]);

      const engine = await connect(first.endpoint);
      const port = await freePort();
      await engine.carryOut({ do: 'run', spec: runSpec(WEB, { name: 'web', ports: [publish(port, 80)] }) });
      await until(async () => (await pageOf(port)) === 'inside\n');
      await resetSandbox({ places });
      expect(await engine.list('container')).toEqual([]);
      expect(await ours()).toHaveLength(1);
      engine.close();

      const [left] = await ours();
      process.kill((await sandboxStatus(places))?.pids.keeper ?? 0, 'SIGKILL');
      const lost = Promise.withResolvers<string>();
      first.onLost(lost.resolve);
      await lost.promise;
      const second = await openSandbox({ places, kind: 'inside' });
      expect((await ours()).map(({ id }) => id)).not.toContain(left?.id);
      expect(await ours()).toHaveLength(1);

      second.release();
      await until(async () => (await ours()).length === 0);
      const names = (await own.list('container')).map((row) => row.kind === 'container' && row.name);
      expect(names).toEqual(['mine']);
      expect((await own.list('volume')).map(({ id }) => id)).toEqual(['mine']);
    });
  },
);

/** Empty while nobody answers. */
async function pageOf(port: number): Promise<string> {
  try {
    return await (await fetch(`http://127.0.0.1:${port}/`)).text();
  } catch {
    return '';
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
