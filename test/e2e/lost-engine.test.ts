import { chmod, cp, link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/engine-server.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import type { Terminal } from '../support/terminal.ts';
import { runContainer, wipe } from './on-engine.ts';
import { openSlipway } from './open-slipway.ts';

/** The bound for saying that something is wrong with the engine. */
const SOON = { timeout: 5000 };
const NOBODY = 65534;

describe.skipIf(!hasEngine('docker'))(
  'an engine that is lost is shown within 5 s, and taken up again',
  () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine('docker');
    });
    afterAll(() => engine.discard());

    it('when it is killed and started again', async () => {
      await using slipway = await openSlipway(engine.host);
      process.kill(engine.pid, 'SIGKILL');
      await expectLost(slipway);
      await engine.start();
      await expectLive(slipway, engine);
    });

    it('when it is frozen and goes on', async () => {
      await using slipway = await openSlipway(engine.host);
      process.kill(engine.pid, 'SIGSTOP');
      try {
        await expectLost(slipway);
      } finally {
        process.kill(engine.pid, 'SIGCONT');
      }
      await expectLive(slipway, engine);
    });

    it('when its socket is taken away and put back', async () => {
      const socket = join(await temporaryFolder(), 'engine.sock');
      await link(engine.socket, socket);
      await using slipway = await openSlipway(`unix://${socket}`);
      await rm(socket);
      await expectLost(slipway);
      await link(engine.socket, socket);
      await expectLive(slipway, engine);
    });

    it('when the right to speak to it is taken away and given back', async () => {
      const folder = await temporaryFolder();
      await chmod(folder, 0o755);
      const socket = join(folder, 'engine.sock');
      await link(engine.socket, socket);
      await chmod(socket, 0o666);
      await using slipway = await openSlipway(`unix://${socket}`, await asNobody(folder));
      await chmod(socket, 0o600);
      await expectLost(slipway);
      expect(slipway.line(0)).toMatch(/permission/i);
      await chmod(socket, 0o666);
      await expectLive(slipway, engine);
    });

    it('keeps the last list on the screen meanwhile', async () => {
      await runContainer(engine, 'kept');
      await using slipway = await openSlipway(engine.host, { ready: /● +kept / });
      process.kill(engine.pid, 'SIGSTOP');
      try {
        expect(await slipway.until('LOST', SOON)).toMatch(/ kept .*tiny:1/);
      } finally {
        process.kill(engine.pid, 'SIGCONT');
      }
      await slipway.until(/\d+ running/);
      await wipe(engine);
    });
  },
);

it.skipIf(!hasEngine('podman'))('a podman that is killed is shown and taken up again, too', async () => {
  const engine = await ownEngine('podman');
  onTestFinished(() => engine.discard());
  await using slipway = await openSlipway(engine.host);
  process.kill(engine.pid, 'SIGKILL');
  await expectLost(slipway);
  await engine.start();
  await expectLive(slipway, engine);
});

async function expectLost(slipway: Terminal): Promise<void> {
  await slipway.until('LOST', SOON);
  slipway.press('?');
  await slipway.until('━ Keys', SOON);
  slipway.press('esc');
  await slipway.untilGone('━ Keys', SOON);
}

/** Not only the old list again: what happens now is seen. */
async function expectLive(slipway: Terminal, engine: OwnEngine): Promise<void> {
  await slipway.until(/\d+ running · /);
  await runContainer(engine, 'afterwards');
  await slipway.until(/● +afterwards /);
  await wipe(engine);
}

/** Node and the program may lie where nobody may not look: it is started as root, from a copy, and lets go of its rights. */
async function asNobody(folder: string) {
  const copy = join(folder, 'dist');
  await cp(join(import.meta.dirname, '../../dist'), copy, { recursive: true });
  const drop = join(folder, 'drop-rights.mjs');
  await writeFile(drop, `process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY});\n`);
  return {
    command: [process.execPath, join(copy, 'slipway.js')] as const,
    env: { NODE_OPTIONS: `--import ${drop}`, HOME: folder, XDG_CONFIG_HOME: join(folder, '.config') },
    cwd: '/',
  };
}
