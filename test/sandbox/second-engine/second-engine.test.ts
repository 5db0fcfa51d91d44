import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import {
  type SecondEngine,
  openSecondEngine,
  whyNoSecondEngine,
} from '../../../src/sandbox/second-engine/second-engine.ts';
import { hasEngine } from '../../support/engines.ts';
import { until } from '../../support/until.ts';

const SOURCE = join(import.meta.dirname, '../../../src/sandbox/second-engine/second-engine.ts');

describe.skipIf(!hasEngine('docker'))('a second engine', { timeout: 60_000 }, () => {
  let second: SecondEngine;
  const line = (text: string): Promise<{ stdout: string }> =>
    promisify(execFile)('sh', ['-c', text], {
      env: { ...process.env, DOCKER_CERT_PATH: second.certs, FAR: `-H ${second.host} --tlsverify` },
    });

  beforeAll(async () => {
    second = await openSecondEngine();
  });
  afterAll(() => second.close());

  it('can be had where its test runs', async () => {
    expect(await whyNoSecondEngine()).toBeNull();
  });

  it('holds tiny:1 and nothing else, for Slipway and for docker', async () => {
    const engine = await connect(second.endpoint);
    onTestFinished(() => engine.close());
    const images = await engine.list('image');
    expect(images.flatMap((image) => (image.kind === 'image' ? image.tags : []))).toEqual(['tiny:1']);
    expect((await line("docker $FAR images --format '{{.Repository}}:{{.Tag}}'")).stdout).toBe('tiny:1\n');
  });

  it('takes the end of a stream and still answers', async () => {
    expect((await line('echo hi | docker $FAR run -i --rm tiny:1 cat')).stdout).toBe('hi\n');
    const moved = await line('docker $FAR save tiny:1 | docker $FAR load');
    expect(moved.stdout).toBe('Loaded image: tiny:1\n');
  });

  it('is gone with its owner, killed or not, and leaves nothing', async () => {
    const own = await openSecondEngine();
    await own.close();
    expect(existsSync(own.certs)).toBe(false);
    await expect(connect(own.endpoint)).rejects.toThrow();
    const { child, said } = await ownerOf();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until(async () => (await enginesOn(said.certs)) === '');
    // The next one sweeps what a killed owner could not.
    await (await openSecondEngine()).close();
    expect(existsSync(said.certs)).toBe(false);
  });
});

async function ownerOf(): Promise<{ child: ChildProcess; said: { certs: string } }> {
  const program = `const { openSecondEngine } = await import(${JSON.stringify(SOURCE)});
    console.log(JSON.stringify(await openSecondEngine())); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, said: JSON.parse(first) as { certs: string } };
}

/** Processes of the engine whose socket is beside the certificates. */
async function enginesOn(certs: string): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout
    .split('\n')
    .filter((args) => args.includes(join(certs, '../docker.sock')))
    .join('\n');
}
