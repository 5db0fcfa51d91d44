import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import { sandboxPlaces } from '../../src/sandbox/places.ts';
import { openSandbox, sandboxStatus, stopSandbox } from '../../src/sandbox/sandbox.ts';
import { hasEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { runSpec } from './run-spec.ts';

it.skipIf(!hasEngine('podman'))(
  'a sandbox of podman as root counts its containers against its own limits, and leaves no cgroup',
  { timeout: 60_000 },
  async () => {
    const places = sandboxPlaces(await mkdtemp(join(tmpdir(), 'slipway-sandbox-')));
    onTestFinished(async () => {
      await stopSandbox(places);
      await rm(places.state, { recursive: true, force: true });
    });
    const lease = await openSandbox({ places, kind: 'podman' });
    const engine = await connect(lease.endpoint);
    const processes = async () => (await sandboxStatus(places))?.usage.pids ?? 0;
    const before = await processes();
    const many = 'for i in 1 2 3 4 5 6 7 8 9 10; do sleep 1000 & done; wait';
    await engine.carryOut({ do: 'run', spec: runSpec(many, { name: 'many' }) });
    await until(async () => (await processes()) >= before + 10);
    expect(await sandboxStatus(places)).toMatchObject({ way: 'podman as root', warnings: [] });
    engine.close();
    lease.release();
    await until(() => !existsSync(places.run));
    const find = ['/sys/fs/cgroup', '-maxdepth', '2', '-name', places.name];
    expect(execFileSync('find', find, { encoding: 'utf8' })).toBe('');
  },
);
