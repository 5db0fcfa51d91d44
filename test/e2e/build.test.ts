import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ENGINE_NAMES } from '../support/engine-host-talk.ts';
import { hasEngine, ownEngine, type OwnEngine } from '../support/engines.ts';
import { openSlipway } from './open-slipway.ts';

const BROKEN =
  'FROM tiny:1\nCOPY app /app\nRUN head -c 400000 /dev/zero > /big\nRUN echo last words; exit 3\n';

describe.each(ENGINE_NAMES.filter(hasEngine))('a build on a real %s', (name) => {
  it('shows what is left out, the line that breaks it, and what the cache had once it is mended', async () => {
    const engine = await freshEngine(name);
    const folder = await aFolder();
    await using slipway = await openSlipway(engine.host, { columns: 80, rows: 24, ready: 'Images' });
    slipway.press('B');
    await slipway.until('Build an image');
    slipway.type(folder);
    await slipway.until(/Sent +3 files, [\d.]+ B/);
    await slipway.until(/Left out +1 file, 90 kB, by \.dockerignore\s[^]*debug\.log 90 kB/);
    slipway.press('tab');
    slipway.type('me/app:1');
    await slipway.until(`build -t me/app:1`);
    slipway.press('enter');
    const failed = await slipway.until(/▶ +4 {2}RUN echo last words; exit 3/);
    expect(failed).toMatch(/│ last words/);
    expect(failed).toMatch(/Dockerfile, line 4:/);
    await writeFile(join(folder, 'Dockerfile'), BROKEN.replace('exit 3', 'echo mended'));
    await slipway.until(/B build again/);
    slipway.press('B');
    await slipway.until('Build an image');
    slipway.press('enter');
    const built = await slipway.until(/✓ me\/app:1 is built in [\d.]+ s: 4 steps, 2 from the cache/);
    expect(built).toMatch(/[█░]{24} +40\d kB {2}line 3 {2}RUN head/);
    expect(built).toMatch(/[█░]{24} +[\d.]+ [kM]B {2}line 1 {2}FROM tiny:1/);
    slipway.press('home');
    await slipway.until(
      /✓ cached +2 {2}COPY app \/app[^]*✓ cached +3[^]*✓ done +4[^]*first miss of the cache at line 4/,
    );
    slipway.press('esc');
    await slipway.until(/▸•\S*me\/app:1/);
  });

  it('that is left goes on behind, comes back, and is stopped by a key', async () => {
    const engine = await freshEngine(name);
    const folder = await aFolder();
    await writeFile(join(folder, 'Dockerfile'), 'FROM tiny:1\nRUN echo here I am; sleep 600\n');
    await using slipway = await openSlipway(engine.host, { ready: 'Images' });
    slipway.press('B');
    await slipway.until('Build an image');
    slipway.type(`${folder}\n`);
    await slipway.until(/… running +2 {2}RUN[^]*│ here I am/);
    slipway.press('esc');
    await slipway.untilGone('│ here I am');
    slipway.press('B');
    await slipway.until('│ here I am');
    slipway.press('x');
    await slipway.until(/■ stopped +2[^]*Stopped before it was done/);
  });
});

it.skipIf(!hasEngine('docker'))('a build is told in plain sentences to a screen reader', async () => {
  const engine = await freshEngine('docker');
  const folder = await aFolder();
  await using slipway = await openSlipway(engine.host, { args: ['--screen-reader'], ready: /Keys: / });
  slipway.press('B');
  await slipway.until('Build an image');
  slipway.type(folder);
  await slipway.until(/Left out +1 file, 90 kB/);
  slipway.press('enter');
  const said = await slipway.until('Dockerfile, line 4:');
  expect(said).toMatch(/✗ failed +4 {2}RUN echo last words/);
  expect(said).not.toMatch(/[╭│┃]{2}/);
});

async function freshEngine(name: 'docker' | 'podman'): Promise<OwnEngine> {
  const engine = await ownEngine(name);
  onTestFinished(() => engine.discard());
  return engine;
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'b-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'app'));
  await writeFile(join(folder, 'app/run'), 'echo hello\n');
  await writeFile(join(folder, '.dockerignore'), '*.log\n');
  await writeFile(join(folder, 'debug.log'), 'x'.repeat(90_000));
  await writeFile(join(folder, 'Dockerfile'), BROKEN);
  return folder;
}
