import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askRegistry } from '../../../src/engine/ask-registry.ts';
import { findProgram } from '../../../src/sandbox/find-program.ts';
import { type Registry, openRegistry } from '../../../src/sandbox/registry/open-registry.ts';
import type { RegistryEvent } from '../../../src/sandbox/registry/registry-event.ts';
import { ownEngines } from '../../support/engines.ts';

const engines = await ownEngines();
const isInstalled = (await findProgram('docker-registry')) !== null;
const programs = [{ program: 'own' as const }, ...(isInstalled ? [{ program: 'real or own' as const }] : [])];

describe.each(programs)('a registry, $program,', ({ program }) => {
  describe.each(engines)('for $name', (engine) => {
    let folder: string;
    let registry: Registry;
    const events: RegistryEvent[] = [];
    const docker = async (...words: string[]): Promise<string> => {
      const { stdout, stderr } = await promisify(execFile)('docker', ['-H', engine.host, ...words]);
      return stdout + stderr;
    };
    const failing = (...words: string[]): Promise<string> => docker(...words).catch(String);
    const image = (name: string): string => `${registry.address}/${name}`;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sl-registry-'));
      const { holder } = engine;
      registry = await openRegistry({
        folder: join(folder, 'registry'),
        holder,
        program,
        onEvent: (event) => void events.push(event),
      });
    });
    afterAll(async () => {
      await registry.close();
      expect(existsSync(join(folder, 'registry'))).toBe(false);
      await rm(folder, { recursive: true });
    });

    it('takes an image, shows it, and gives it back with the same digest', async () => {
      await docker('tag', 'tiny:1', image('team/site:1'));
      await docker('push', image('team/site:1'));
      const found = await askRegistry(registry.address, { repository: 'team/site', tag: '1' });
      expect(found?.repositories).toEqual({ 'team/site': ['1'] });
      await docker('rmi', image('team/site:1'));
      await docker('pull', image('team/site:1'));
      const digests = await docker('image', 'inspect', '-f', '{{.RepoDigests}}', image('team/site:1'));
      expect(digests).toContain(`${image('team/site')}@${found?.digest}`);
      await docker('rmi', image('team/site:1'));
      const told = new Set(events.map(({ action, repository }) => `${action} ${repository}`));
      expect([...told]).toEqual(['push team/site', 'pull team/site']);
      expect(events[0]).toMatchObject({ reference: '1', digest: found?.digest });
    });

    it('gives busybox under its real name, without a network', async () => {
      await docker('pull', 'busybox');
      expect(await docker('run', '--rm', 'busybox', 'cat', '/etc/os-release')).toContain('NAME="tiny"');
      await docker('rmi', 'busybox');
    });

    it('says what it has not got', async () => {
      expect(await failing('pull', image('library/busybox:nosuch'))).toMatch(/manifest.*unknown|not found/);
      expect(await failing('pull', image('nosuch:1'))).toMatch(/manifest.*unknown|not found/);
    });
  });

  it('takes nothing more when it is full, and says so', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('no engine');
    const folder = await mkdtemp(join(tmpdir(), 'sl-registry-'));
    const registry = await openRegistry({
      folder: join(folder, 'registry'),
      holder: engine.holder,
      program,
      limit: 1_000_000,
    });
    const name = `${registry.address}/full:1`;
    const script = `printf 'FROM tiny:1\\nRUN head -c 900000 /dev/urandom > /big\\n' | docker build -q -t ${name} -
docker push ${name} 2>&1; docker rmi ${name} > /dev/null`;
    const env = { ...process.env, DOCKER_HOST: engine.host, DOCKER_BUILDKIT: '0' };
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { env });
    expect(stdout).toContain('denied: the registry is full: it may hold 1 MB');
    await registry.close();
    await rm(folder, { recursive: true });
  });
});
