import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import { findProgram } from '../../src/sandbox/find-program.ts';
import { temporaryFolder } from '../support/engine-server.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import type { Terminal } from '../support/terminal.ts';
import { runContainer, wipe } from './on-engine.ts';
import { openSlipway } from './open-slipway.ts';
import { openPane, paneOf, PROMPT, withBash } from './terminal-pane.ts';

const LIST = "docker ps --format '{{.Names}}'";

describe.skipIf(!hasEngine('docker') || !hasEngine('podman'))(
  'the shell’s clients speak to the engine on screen',
  () => {
    it('also after another one was chosen', async () => {
      const run = await temporaryFolder();
      await mkdir(join(run, 'podman'));
      const [docker, podman] = await Promise.all([own('docker'), own('podman')]);
      await symlink(docker.socket, join(run, 'docker.sock'));
      await symlink(podman.socket, join(run, 'podman/podman.sock'));
      await runContainer(docker, 'in-docker');
      await runContainer(podman, 'in-podman');
      const env = { DOCKER_HOST: undefined, XDG_RUNTIME_DIR: run };
      await using slipway = await openSlipway('', withBash({ env, ready: 'Which engine?' }));
      await choose(slipway, /▸.*\/docker\.sock/);
      await slipway.until(/● +in-docker .*Up/);
      slipway.press('6');
      const pane = paneOf(slipway);
      await pane.until(PROMPT);
      pane.type(`clear; ${LIST}`);
      await pane.until(/^in-docker\nme>/);
      pane.lead('1');
      pane.slipway.press('ctrl-o');
      await slipway.until('Which engine?');
      await choose(slipway, /▸.*podman\.sock/);
      await pane.slipway.until(/● +in-podman .*Up/);
      pane.slipway.press('6');
      pane.type(`clear; ${LIST}`);
      await pane.until(/^in-podman\nme>/);
    });
  },
);

describe.skipIf(!hasEngine('docker'))('an engine that goes and comes back', () => {
  it('is told of in the shell, and its lists are never empty meanwhile', async () => {
    const engine = await own('docker');
    await runContainer(engine, 'kept');
    await using pane = await openPane(engine.host, { ready: /● +kept / });
    pane.type(`clear; ${LIST}`);
    await pane.until(/^kept\nme>/);
    await engine.stop();
    await pane.slipway.until('LOST');
    pane.type(`clear; ${LIST}`);
    await pane.until(/engine/i);
    await pane.slipway.until(/✗ 1: /);
    expect(pane.slipway.screen()).toMatch(/ kept .*tiny:1/);
    await engine.start();
    await pane.slipway.until(/\d+ running/, { timeout: 15_000 });
    expect(pane.slipway.screen()).toMatch(/ kept .*tiny:1/);
    pane.type(`clear; docker ps -a --format '{{.Names}}'`);
    await pane.until(/^kept\nme>/);
  });
});

describe.skipIf(!hasEngine('podman'))('where only podman is installed', () => {
  let engine: OwnEngine;
  let path = '';
  beforeAll(async () => {
    engine = await ownEngine('podman');
    path = await pathWithout(['docker', 'docker-compose', 'podman-docker']);
  });
  afterAll(async () => {
    await engine.discard();
    await rm(path, { recursive: true, force: true });
  });

  it('docker works through it, and shows in the lists and on the wire', async () => {
    await using pane = await openPane(engine.host, { env: { PATH: path } });
    onTestFinished(() => wipe(engine));
    pane.type(`docker run -d --name web ${BASE_IMAGE} sleep 1d`);
    await pane.slipway.until(/● +web .*Up/);
    expect(await pane.slipway.until(/start ✓204/)).toMatch(/\$ docker run -d --name web/);
    pane.type('clear; podman ps --format "{{.Names}}"; docker exec web sh -c "exit 4"');
    await pane.until(/^web\nme>/);
    await pane.slipway.until(/✗ 4: /);
  });

  it('and not to be had for a Docker engine, that is said', async () => {
    if (!hasEngine('docker')) return;
    const docker = await own('docker');
    await using pane = await openPane(docker.host, { env: { PATH: path } });
    expect(pane.status()).toContain('no docker client is installed here');
    pane.type('echo; clear; docker ps');
    await pane.until(/Error: \S/);
    await pane.slipway.until(/✗ 125: /);
  });
});

async function choose(slipway: Terminal, wanted: RegExp): Promise<void> {
  for (let tries = 0; !wanted.test(slipway.screen()) && tries < 10; tries++) {
    const before = slipway.screen();
    slipway.press('down');
    await slipway.until((now) => now !== before || wanted.test(now));
  }
  slipway.press('enter');
}

async function own(name: 'docker' | 'podman'): Promise<OwnEngine> {
  const engine = await ownEngine(name);
  onTestFinished(() => engine.discard());
  return engine;
}

/** A folder with all programs of PATH, but for some. */
async function pathWithout(unwanted: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sl-'));
  const wanted = [
    'bash',
    'sh',
    'podman',
    'runc',
    'crun',
    'clear',
    'cat',
    'rm',
    'mkdir',
    'stty',
    'node',
    'uname',
  ];
  for (const name of wanted.filter((program) => !unwanted.includes(program))) {
    const found = await findProgram(name);
    if (found !== null) await symlink(found, join(folder, name));
  }
  return folder;
}
