import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type EngineName } from '../support/engine-host-talk.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import { openSlipway } from './open-slipway.ts';

/** A loopback address is one that dockerd speaks plain HTTP to. It is the engine's loopback, not the machine's. */
const PORT = 5000;

describe.skipIf(!hasEngine('docker'))('a pull on a real dockerd', () => {
  it('shows each layer as it comes, and the image when it is there', async () => {
    const engine = await freshEngine('docker');
    const registry = await startRegistry(engine);
    await using slipway = await openSlipway(engine.host);
    slipway.press('2', 'P');
    await slipway.until('Pull an image');
    slipway.type(`127.0.0.1:${PORT}/demo:1\n`);
    const under = await slipway.until(/Pull complete[^]*Downloading +[░█▏▎▍▌▋▊▉]+ [\d.]+ [kM]?B/);
    expect(under.match(/[0-9a-f]{12} +(Pull complete|Downloading)/g)).toHaveLength(2);
    registry.stdin?.write('go on\n');
    await slipway.untilGone('Downloading');
    slipway.press('esc');
    await slipway.until(/demo:1 +2 layers +4 MB/);
  });

  it('of what the registry does not have fails in the engine’s own words', async () => {
    const engine = await freshEngine('docker');
    await startRegistry(engine);
    await using slipway = await openSlipway(engine.host);
    slipway.press('2', 'P');
    await slipway.until('Pull an image');
    slipway.type(`127.0.0.1:${PORT}/none:1\n`);
    await slipway.until(/manifest .*(unknown|not found)/);
    slipway.press('esc');
    await slipway.untilGone(/━ docker pull/);
    slipway.press('@');
    await slipway.until(/✗ .*docker pull 127\.0\.0\.1:5000\/none:1/);
  });
});

describe.skipIf(!hasEngine('podman'))('a pull on a real podman', () => {
  it('from where nobody answers fails in the engine’s own words', async () => {
    const engine = await freshEngine('podman');
    await using slipway = await openSlipway(engine.host);
    slipway.press('2', 'P');
    await slipway.until('Pull an image');
    slipway.type('127.0.0.1:1/none:1\n');
    await slipway.until('connection refused');
  });
});

async function freshEngine(name: EngineName): Promise<OwnEngine> {
  const engine = await ownEngine(name);
  onTestFinished(() => engine.discard());
  return engine;
}

/** Inside the engine's network: nothing is opened on the machine. */
async function startRegistry(engine: OwnEngine): Promise<ChildProcess> {
  const program = [process.execPath, join(import.meta.dirname, 'registry.ts'), String(PORT)];
  const registry = spawn('nsenter', ['--target', String(engine.holder), '--net', ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  onTestFinished(() => void registry.kill());
  if (!registry.stdout) throw new Error('no pipe to the registry');
  await Promise.race([
    once(registry.stdout, 'data'),
    once(registry, 'exit').then(() => Promise.reject(new Error('the registry ended'))),
  ]);
  return registry;
}
