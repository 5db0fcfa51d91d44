import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import type { Terminal } from '../support/terminal.ts';
import { isInstalled } from './is-installed.ts';
import { runContainer, wipe } from './on-engine.ts';
import { innerRect, openPane, type Pane, PROMPT } from './terminal-pane.ts';

const WIDE = { columns: 200, rows: 50 };

describe.skipIf(!hasEngine('docker') || !isInstalled('docker'))(
  'the wire shows what the shell says to the engine',
  () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine('docker');
    });
    afterEach(() => wipe(engine));
    afterAll(() => engine.discard());

    it('under the command that said it, with its end and one sentence on what it does', async () => {
      await using pane = await openPane(engine.host, WIDE);
      pane.type('docker ps');
      await untilWire(pane, /\$ docker ps +✓[^]*GET +\/containers\/json +✓ ?200/);
      expect(wire(pane)).toMatch(/It lists the (running )?containers/);
      pane.type('docker rm nothing');
      await untilWire(pane, /\$ docker rm nothing +✗ ?1[^]*DELETE +\/containers\/nothing +✗ ?404/);
      expect(wire(pane)).toMatch(/no such/i);
    });

    it('a call opens: its sentence, its request and its answer', async () => {
      await using pane = await openPane(engine.host, WIDE);
      pane.type(`docker create --name made -e COLOUR=green ${BASE_IMAGE} sleep 5`);
      await untilWire(pane, /create\?name=made +✓ ?201/);
      pane.lead('7');
      await pane.slipway.until('━ 7 Wire');
      pane.slipway.press('enter');
      await untilWire(pane, /POST \/containers\/create/);
      pane.slipway.press('a');
      await untilWire(pane, /COLOUR=green/);
      expect(wire(pane)).toMatch(/201: it was created/);
      expect(wire(pane)).toContain('Slipway has put its label on what this creates.');
      pane.slipway.press('esc');
      await untilWire(pane, /\$ docker create/);
    });

    it('filtered, held and without greetings', async () => {
      await using pane = await openPane(engine.host, WIDE);
      pane.type('docker ps; docker images -q; docker volume ls -q');
      await untilWire(pane, /volumes +✓ ?200/);
      expect(wire(pane)).toContain('_ping');
      pane.lead('7');
      await pane.slipway.until('━ 7 Wire');
      pane.slipway.press('h');
      await pane.slipway.until(() => !wire(pane).includes('_ping'));
      pane.slipway.press('/');
      pane.slipway.type('volumes\n');
      await pane.slipway.until(() => !wire(pane).includes('/images/json'));
      expect(wire(pane)).toContain('/volumes');
      pane.slipway.press('esc');
      await untilWire(pane, /images\/json/);
      pane.slipway.press('p', '6');
      pane.type('docker network ls -q');
      await pane.until(new RegExp(`network ls -q\n[0-9a-f]{12}[^]*${PROMPT}`));
      expect(wire(pane)).not.toContain('/networks');
      pane.lead('7');
      pane.slipway.press('p');
      await untilWire(pane, /\/networks +✓ ?200/);
    });

    it.skipIf(!isInstalled('curl'))('as a curl command that works when it is pasted', async () => {
      await runContainer(engine, 'web');
      await using pane = await openPane(engine.host, WIDE);
      pane.type(`docker ps -a --filter name=web --format '{{.Names}}'`);
      await untilWire(pane, /containers\/json\S* +✓ ?200/);
      pane.lead('7');
      pane.slipway.press('y');
      await pane.slipway.until('Copied');
      const command = copied(pane.slipway);
      expect(command).toMatch(/^curl .*--unix-socket/);
      const { stdout } = await promisify(execFile)('sh', ['-c', command]);
      expect(stdout).toContain('"/web"');
    });

    it('but no secret, neither on the screen nor in what is written to it', async () => {
      await using pane = await openPane(engine.host, { ...WIDE, files: { secret: 'hunter2hunter2' } });
      pane.type('docker login -u me --password-stdin 127.0.0.1:1 <~/secret');
      await untilWire(pane, /\/auth +✗ ?[45]\d\d/);
      pane.lead('7');
      pane.slipway.press('enter');
      await untilWire(pane, /POST \/auth/);
      pane.slipway.press('a');
      await untilWire(pane, /username/);
      pane.slipway.press('v');
      pane.slipway.press('R');
      pane.slipway.press('y');
      await pane.slipway.until('Copied');
      expect(pane.slipway.raw()).not.toContain('hunter2');
      expect(copied(pane.slipway)).not.toContain('hunter2');
    });

    it('also what goes on for long, and how it ends', async () => {
      await using pane = await openPane(engine.host, WIDE);
      pane.type('docker events');
      await untilWire(pane, /\/events +… ?200/);
      await runContainer(engine, 'seen');
      await pane.until(/container start [0-9a-f]{64}/);
      pane.slipway.press('ctrl-c');
      await untilWire(pane, /\$ docker events +✗ ?130/);
    });

    it('of two shells at the same time, each under its own command', async () => {
      await using pane = await openPane(engine.host, WIDE);
      pane.type('docker volume create one');
      await untilWire(pane, /\$ docker volume create one +✓/);
      pane.lead('n');
      await pane.slipway.until(/ 1 bash +\[2 bash\]/);
      await pane.until(/^me>/);
      pane.type('docker volume create two');
      await untilWire(
        pane,
        /\$ docker volume create one +✓[^]*create[^]*\$ docker volume create two +✓[^]*create/,
      );
      await pane.slipway.until(/\*.*one[^]*\*.*two|one[^]*\*.*two/);
    });
  },
);

describe.skipIf(!hasEngine('podman'))('the wire of a podman engine', () => {
  let engine: OwnEngine;
  beforeAll(async () => {
    engine = await ownEngine('podman');
  });
  afterAll(() => engine.discard());

  it('shows what podman says, in its own API', async () => {
    await using pane = await openPane(engine.host, WIDE);
    pane.type(
      `podman run --name=said ${BASE_IMAGE} sh -c 'echo out of it; exit 7'; podman rm -f said >/dev/null`,
    );
    await untilWire(
      pane,
      /\/libpod\/containers\/create +✓ ?201[^]*start\S* +✓ ?204[^]*DELETE +\/libpod\/containers\/said\S* +✓ ?200/,
    );
    expect(pane.text()).toMatch(/^out of it$/m);
    pane.type('podman ps');
    await untilWire(pane, /\$ podman ps +✓[^]*\/libpod\/containers\/json\S* +✓ ?200/);
    expect(wire(pane)).toMatch(/It lists the (running )?containers/);
  });
});

function wire({ slipway }: Pane): string {
  const { x, y, width, height } = innerRect(slipway.screen(), '7 Wire');
  const lines = slipway
    .screen()
    .split('\n')
    .slice(y, y + height);
  return lines.map((line) => line.slice(x, x + width).trimEnd()).join('\n');
}

async function untilWire(pane: Pane, wanted: RegExp): Promise<void> {
  const shows = (): boolean => pane.slipway.screen().includes('7 Wire') && wanted.test(wire(pane));
  await pane.slipway.until(Object.assign(shows, { toString: () => `${String(wanted)} on the wire` }));
}

/** What the program last asked the terminal to put into the clipboard. */
function copied(slipway: Terminal): string {
  const all = [...slipway.raw().matchAll(/\u001b\]52;c;([^\u0007]*)\u0007/g)];
  return Buffer.from(all.at(-1)?.[1] ?? '', 'base64').toString('utf8');
}
