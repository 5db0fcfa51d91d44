import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainedBy } from '../../../src/lesson/errors/explain-error.ts';
import { type Registry, openRegistry } from '../../../src/sandbox/registry/open-registry.ts';
import { ownEngines } from '../../support/engines.ts';
import { runScript } from '../../wire/run-script.ts';
import { PROVOKED_BY_REGISTRY } from './provoked-registry-errors.ts';

/** Answers on all addresses of the engine's network, also on those that are not loopback. */
const PLAIN = `require('node:http').createServer((_, r) => r.end('{}')).listen(5099, () => console.log('ready'))`;

describe.each(await ownEngines())('the words of $name about a registry', (engine) => {
  let folder: string;
  let registry: Registry;
  const plain = spawn('nsenter', ['-t', String(engine.holder), '-n', process.execPath, '-e', PLAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

  beforeAll(async () => {
    await once(plain.stdout, 'data');
    folder = await mkdtemp(join(tmpdir(), 'sl-registry-'));
    registry = await openRegistry({ folder: join(folder, 'held'), holder: engine.holder, limit: 1_000_000 });
  });
  afterAll(async () => {
    plain.kill();
    await registry.close();
    await rm(folder, { recursive: true });
  });

  it.each(PROVOKED_BY_REGISTRY)('%s: %s', async (id, script) => {
    // dockerd takes plain HTTP from all of loopback; podman only from what it was told of.
    const H = engine.name === 'docker' ? '172.17.0.1:5099' : '127.0.0.1:5099';
    const { out, err } = await runScript(engine.host, script, { G: registry.address, H });
    const context = { family: engine.name, images: ['tiny:1'], containers: [], volumes: [], networks: [] };
    const found = explainedBy(out + err, { ...context, sandbox: false, command: script });
    expect({ id: found?.row.id, words: out + err }).toEqual({ id, words: out + err });
  });
});
