import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import { ENGINE_NAMES } from '../support/engine-host-talk.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { removeContainer, runContainer, wipe, withEngine } from './on-engine.ts';
import { openSlipway } from './open-slipway.ts';

for (const name of ENGINE_NAMES) {
  describe.skipIf(!hasEngine(name))(`on a real ${name}`, () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine(name);
    });
    afterEach(() => wipe(engine));
    afterAll(() => engine.discard());

    /** One layer more: what a script leaves behind. */
    async function addLayer(from: string, as: string, script: string): Promise<void> {
      const id = await runContainer(engine, 'builder', { image: from, command: ['sh', '-c', script] });
      await withEngine(engine, async (api) => {
        await until(async () => (await api.containerDetails(id)).state === 'exited');
        const container = { id, name: 'builder' };
        await api.carryOut({ do: 'commit', container, as, message: '', pause: true });
      });
      await removeContainer(engine, id);
    }

    async function makeImage(): Promise<void> {
      await addLayer(BASE_IMAGE, 'draft:1', 'mkdir /app; head -c 200000 /dev/zero > /app/big');
      await addLayer('draft:1', 'app:1', 'rm /app/big; echo what it says > /app/small');
    }

    async function run(id: string, script: string): Promise<void> {
      await withEngine(engine, async (api) => {
        const command = ['sh', '-c', script];
        const session = await api.exec(id, { command, tty: false, columns: 80, rows: 24 });
        session.stream.resume();
        session.stream.end();
        expect(await session.exitCode()).toBe(0);
      });
    }

    it('an image is looked into: its stack, the files of a layer, the text of one, what is wasted', async () => {
      await makeImage();
      await using slipway = await openSlipway(engine.host, { ready: /▸ *\S*app:1/ });
      slipway.press('2', 'v');
      // Podman tells the size of an archive, and of a commit no more than the shell.
      await slipway.until(/▸▏[^]* 20\d kB +\d+% s1 \S*sh[^]*COPY tiny[^]*layers, \S+ [kM]B · Enter files/);
      slipway.press('enter');
      await slipway.until(/its own files[^]*~.*app\/[^]*- +200 kB.* big[^]*\+ +13 B.* small/);
      slipway.press('end', 'enter');
      await slipway.until(/━ \/app\/small in layer \d[^]*what it says/);
      slipway.press('esc');
      await slipway.untilGone('what it says');
      slipway.press('w');
      await slipway.until(/efficient: 200 kB of [^]*▸- +200 kB \/app\/big[^]*removed later by layer \d: /);
      slipway.press('esc');
      await slipway.untilGone('efficient:');
      slipway.press('2', '=');
      await slipway.until(/Compare \S*app:1 with which image[^]*draft:1/);
      slipway.press('down', 'enter');
      await slipway.until(/Only in \S*app:1: 1|Only in \S*draft:1: 1[^]*- +200 kB \/app\/big/);
    });

    it('a container has its own layer on top, and what it writes appears there, at 80 columns, too', async () => {
      const id = await runContainer(engine, 'web');
      await using slipway = await openSlipway(engine.host, { ready: / web .*Up/, columns: 80, rows: 24 });
      slipway.press('v');
      await slipway.until(/▸╌+ +0 B +own layer/);
      expect(slipway.screen()).toContain('restart keeps it');
      slipway.press('enter');
      await slipway.until('Changed by the container');
      await run(id, 'printf hello > /first-words');
      await slipway.until(/• \+ +5 B \/first-words/);
      slipway.press('/');
      slipway.type('words\n');
      slipway.press('enter');
      await slipway.until(/━ \/first-words ━[^]*hello/);
      slipway.press('esc');
      await slipway.untilGone('hello');
      slipway.press('esc');
      await slipway.untilGone('“words”');
      slipway.press('esc');
      await slipway.until(/▸╌+ +5 B +own layer \+1/);
    });
  });
}
