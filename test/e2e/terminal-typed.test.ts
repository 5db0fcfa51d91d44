import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import { ENGINE_NAMES } from '../support/engine-host-talk.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import { isInstalled } from './is-installed.ts';
import { runContainer, withEngine, wipe } from './on-engine.ts';
import { openPane, PROMPT } from './terminal-pane.ts';

for (const name of ENGINE_NAMES) {
  describe.skipIf(!hasEngine(name))(`commands typed beside the panes, on ${name}`, () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine(name);
    });
    afterEach(() => wipe(engine));
    afterAll(() => engine.discard());

    it('docker run shows its row, which flashes, and the calls that it is made of', async () => {
      await using pane = await openPane(engine.host);
      pane.type(`docker run -d --name web ${BASE_IMAGE} sleep 1d`);
      await pane.slipway.until(/\*.*● +web .*Up/);
      const screen = await pane.slipway.until(/start ✓204/);
      expect(screen).toMatch(/\$ docker run -d --name web[^]*create ✓201[^]*start ✓204/);
      await pane.slipway.untilGone(/\*.*● +web /);
      expect(pane.slipway.screen()).toMatch(/● +web /);
    });

    it('what they make carries the label of this run, and m tells it from what others have made', async () => {
      await runContainer(engine, 'theirs');
      await using pane = await openPane(engine.host);
      pane.type(`docker run -d --name mine ${BASE_IMAGE} sleep 1d`);
      await pane.slipway.until(/● +mine .*Up/);
      const run = await labelOf(engine, 'mine');
      expect(run).toMatch(/^[0-9a-f]{8}$/);
      expect(await labelOf(engine, 'theirs')).toBeUndefined();
      pane.lead('1');
      await pane.slipway.until('━ 1 Containers');
      pane.slipway.press('m');
      await pane.slipway.untilGone(/● +theirs /);
      expect(pane.slipway.screen()).toMatch(/● +mine /);
      pane.slipway.press('m');
      await pane.slipway.untilGone(/● +mine /);
      expect(pane.slipway.screen()).toMatch(/● +theirs /);
      pane.slipway.press('m');
      await pane.slipway.until((screen) => /● +mine /.test(screen) && /● +theirs /.test(screen));
    });

    it('stand in one log of commands with those from keys', async () => {
      await using pane = await openPane(engine.host);
      pane.type(`docker run -d --name web ${BASE_IMAGE} sleep 1d`);
      await pane.slipway.until(/● +web .*Up/);
      pane.lead('1');
      await pane.slipway.until('━ 1 Containers');
      pane.slipway.press('p');
      await pane.slipway.until(/web .*Paused/);
      pane.slipway.press('@');
      await pane.slipway.until(
        /━ Commands so far[^]*✓ .* shell +docker run -d --name web tiny:1 sleep 1d[^]*✓ .* (docker|podman) pause web/,
      );
    });

    it('a wrong one says so in words, and in the gutter', async () => {
      await using pane = await openPane(engine.host);
      pane.type('no-such-command');
      await pane.slipway.until(/✗ 127: no such command/);
      await pane.untilMarked(`${PROMPT} no-such-command`, '✗');
      pane.type('sh -c "exit 126"; docker run tiny:1 sh -c "exit 7"');
      await pane.slipway.until(/✗ 7: /);
      pane.type('docker run --rm no-such-image:1 true');
      await pane.slipway.until(/✗ 125: /);
      pane.type('true');
      await pane.slipway.untilGone(/✗ 125: /);
      expect(pane.status()).not.toContain('✗');
    });
  });
}

describe.skipIf(!hasEngine('docker'))('in the terminal pane', () => {
  let engine: OwnEngine;
  beforeAll(async () => {
    engine = await ownEngine('docker');
  });
  afterEach(() => wipe(engine));
  afterAll(() => engine.discard());

  it('a shell in a container has its history and leaves the gutter to the outer one', async () => {
    await using pane = await openPane(engine.host);
    pane.type(`docker run -it --rm ${BASE_IMAGE} sh`);
    await pane.until(/^# *$/m);
    await pane.untilMarked('docker run -it', '▸');
    pane.type('exit 3');
    await pane.slipway.until(/✗ 3: /);
    await pane.untilMarked('docker run -it', '✗');
  });

  it.skipIf(!isInstalled('docker-compose'))(
    'what compose makes is shown, flashes and is labelled',
    async () => {
      const yaml = `version: '3'\nservices:\n  web:\n    image: ${BASE_IMAGE}\n    command: sleep 1d\n`;
      await using pane = await openPane(engine.host, { files: { 'shop/docker-compose.yml': yaml } });
      pane.type('docker-compose -f ~/shop/docker-compose.yml up -d');
      // Compose 1 says `shop_web_1`, compose 2 `shop-web-1`.
      await pane.slipway.until(/\*.*● +shop[_-]web[_-]1 .*Up/);
      await pane.until(/shop[_-]web[_-]1 .*(done|Started).*\nme>/);
      expect(pane.slipway.screen()).toMatch(/shop_default/);
      const web = /shop[_-]web[_-]1/.exec(pane.slipway.screen())?.[0] ?? '';
      expect(await labelOf(engine, web)).toMatch(/^[0-9a-f]{8}$/);
      pane.type('docker-compose -f ~/shop/docker-compose.yml down -t 0');
      await pane.slipway.untilGone(/● +shop[_-]web[_-]1/);
      await pane.slipway.until('0 running');
    },
  );

  it('vi edits a file and saves it', async () => {
    await using pane = await openPane(engine.host);
    pane.type('vi note.txt');
    await pane.until('~');
    pane.slipway.type('ihello from vi, 漢字');
    await pane.until('hello from vi, 漢字');
    pane.slipway.press('esc');
    pane.type(':wq');
    await pane.until(/me> vi note.txt\nme>/);
    pane.type('cat ~/note.txt "$PWD/note.txt" 2>/dev/null | tail -1; pwd >~/where');
    await pane.until(/^hello from vi, 漢字/m);
    const where = (await readFile(join(pane.slipway.home, 'where'), 'utf8')).trim();
    expect(await readFile(join(where, 'note.txt'), 'utf8')).toBe('hello from vi, 漢字\n');
  });
});

/** The value of our label on a container. */
async function labelOf(engine: OwnEngine, name: string): Promise<string | undefined> {
  const found = await withEngine(engine, (api) => api.list('container'));
  const container = found.find((item) => item.kind === 'container' && item.name === name);
  return container?.kind === 'container' ? container.labels['slipway.run'] : undefined;
}
