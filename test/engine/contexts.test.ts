import { createHash } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentContextName, dockerConfigDir, readContext } from '../../src/engine/contexts.ts';
import { temporaryFolder } from '../support/engine-server.ts';
import { asNobody } from '../support/as-nobody.ts';

function folderOf(configDir: string, part: 'meta' | 'tls', name: string): string {
  return join(configDir, 'contexts', part, createHash('sha256').update(name).digest('hex'));
}

/** The files that docker 28 writes for `docker context create`. */
async function makeContext(configDir: string, name: string, docker: object): Promise<void> {
  const folder = folderOf(configDir, 'meta', name);
  await mkdir(folder, { recursive: true });
  const meta = { Name: name, Metadata: { Description: '' }, Endpoints: { docker } };
  await writeFile(join(folder, 'meta.json'), JSON.stringify(meta));
}

describe('readContext', () => {
  it('reads host and certificates from the files of the docker CLI', async () => {
    const configDir = await temporaryFolder();
    await makeContext(configDir, 'far', { Host: 'tcp://box:2376', SkipTLSVerify: false });
    const tls = join(folderOf(configDir, 'tls', 'far'), 'docker');
    await mkdir(tls, { recursive: true });
    await writeFile(join(tls, 'ca.pem'), 'CA');
    await writeFile(join(tls, 'key.pem'), 'KEY');
    expect(await readContext(configDir, 'far')).toEqual({
      name: 'far',
      host: 'tcp://box:2376',
      tls: { ca: 'CA', cert: null, key: 'KEY', verify: true },
    });
  });

  it('takes SkipTLSVerify as TLS without a check, and no certificates as no TLS', async () => {
    const configDir = await temporaryFolder();
    await makeContext(configDir, 'skip', { Host: 'tcp://box:1', SkipTLSVerify: true });
    await makeContext(configDir, 'plain', { Host: 'tcp://box:1', SkipTLSVerify: false });
    expect((await readContext(configDir, 'skip')).tls).toMatchObject({ ca: null, verify: false });
    expect((await readContext(configDir, 'plain')).tls).toBeNull();
  });

  it('names the contexts that exist when one does not, and leaves out those it cannot read', async () => {
    const configDir = await temporaryFolder();
    await makeContext(configDir, 'b', { Host: 'tcp://box:1' });
    await makeContext(configDir, 'a', { Host: 'tcp://box:1' });
    await mkdir(join(configDir, 'contexts/meta/broken'));
    await writeFile(join(configDir, 'contexts/meta/broken/meta.json'), '{');
    await expect(readContext(configDir, 'nope')).rejects.toThrow(
      'there is no context “nope”; there are: default, a, b',
    );
  });

  it('names the file that is not JSON, and the one that names no host', async () => {
    const configDir = await temporaryFolder();
    await makeContext(configDir, 'empty', {});
    await expect(readContext(configDir, 'empty')).rejects.toThrow(
      /“empty” names no docker host \(.*meta\.json\)/,
    );
    const meta = join(folderOf(configDir, 'meta', 'empty'), 'meta.json');
    await writeFile(meta, '{"Name":');
    await expect(readContext(configDir, 'empty')).rejects.toThrow(`${meta} is not JSON`);
  });

  it.skipIf(process.getuid?.() !== 0)('names a file that it may not read', async () => {
    const configDir = await temporaryFolder();
    await chmod(configDir, 0o755);
    await writeFile(join(configDir, 'config.json'), '{}', { mode: 0o600 });
    const said = await asNobody(
      ['engine/contexts.ts'],
      `await m.currentContextName('${configDir}').catch((error) => console.log(error.kind, error.message));`,
    );
    expect(said).toBe(`denied cannot read ${join(configDir, 'config.json')}: permission denied`);
  });
});

describe('currentContextName', () => {
  it('is “default” without a config file or without a choice in it', async () => {
    const configDir = await temporaryFolder();
    expect(await currentContextName(configDir)).toBe('default');
    await writeFile(join(configDir, 'config.json'), '{"auths":{}}');
    expect(await currentContextName(configDir)).toBe('default');
  });

  it('is what the config file says', async () => {
    const configDir = await temporaryFolder();
    await writeFile(join(configDir, 'config.json'), '{"currentContext":"far"}');
    expect(await currentContextName(configDir)).toBe('far');
  });
});

describe('dockerConfigDir', () => {
  it('is DOCKER_CONFIG, else ~/.docker', () => {
    expect(dockerConfigDir({ DOCKER_CONFIG: '/x' }, '/home/me')).toBe('/x');
    expect(dockerConfigDir({}, '/home/me')).toBe('/home/me/.docker');
  });
});
