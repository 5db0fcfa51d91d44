import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { followEngine } from '../../../src/app/follow-engine.ts';
import { followRegistry } from '../../../src/app/registry/follow-registry.ts';
import { connect } from '../../../src/engine/connect.ts';
import type { State } from '../../../src/model/state.ts';
import { openRegistry } from '../../../src/sandbox/registry/open-registry.ts';
import { ownEngines } from '../../support/engines.ts';
import { until } from '../../support/until.ts';
import { connectedStore } from '../program-parts.ts';

describe.each(await ownEngines())('on $name', ({ endpoint, host, holder }) => {
  const docker = (...words: string[]) => promisify(execFile)('docker', ['-H', host, ...words]);

  test('the page of a registry shows what is pushed at once, and which image is the same; then that it is lost', async () => {
    const engine = await connect(endpoint);
    const store = connectedStore(engine);
    const state = (): State => store.getState();
    const living = new AbortController();
    const bugs: unknown[] = [];
    const folder = await mkdtemp(join(tmpdir(), 'sl-registry-'));
    const events: string[] = [];
    const registry = await openRegistry({
      folder: join(folder, 'held'),
      holder,
      onEvent: ({ action, repository }) => {
        events.push(`${action} ${repository}`);
        store.dispatch({ type: 'registry-used' });
      },
    });
    const repository = `page-${randomBytes(4).toString('hex')}`;
    const name = `${registry.address}/${repository}:1`;
    onTestFinished(async () => {
      living.abort();
      await docker('rmi', '-f', name);
      engine.close();
      await registry.close();
      await rm(folder, { recursive: true });
      expect(bugs).toEqual([]);
    });
    followEngine(engine, store, living.signal).catch((error: unknown) => bugs.push(error));
    followRegistry(engine, store, living.signal, (error) => bugs.push(error));
    store.dispatch({ type: 'registry-opened', address: registry.address, whose: 'lesson' });
    store.dispatch({ type: 'overlay-opened', overlay: { kind: 'registry', selected: 0 } });
    await until(() => state().registry.phase === 'read');
    expect(state().registry.tags.map((tag) => tag.repository)).toEqual(['library/busybox']);

    await docker('tag', 'tiny:1', name);
    await docker('push', name);
    await docker('rmi', name);
    await docker('pull', name);
    const pushed = () => state().registry.tags.find((tag) => tag.repository === repository);
    await until(
      () =>
        state()
          .registry.here.get(pushed()?.digest ?? '')
          ?.includes(name) === true,
    );
    expect(pushed()).toMatchObject({ tag: '1', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(pushed()?.size).toBeGreaterThan(100_000);
    // Looking at it is nobody's pull.
    expect([...new Set(events)]).toEqual([`push ${repository}`, `pull ${repository}`]);

    await registry.close();
    await until(() => state().registry.phase === 'lost');
    expect(state().registry.why).toContain(`no registry answers at ${registry.address}`);
    expect(pushed()).toBeDefined();
  });
});
