import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_NAMES } from '../support/engine-host-talk.ts';
import { hasEngine, type OwnEngine, ownEngine } from '../support/engines.ts';
import type { Terminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';
import { runContainer, wipe, withEngine } from './on-engine.ts';
import { openSlipway } from './open-slipway.ts';

const COUNTING = `sh -c 'i=0; while sleep 0.1; do i=$((i+1)); echo line $i $FOO; done'`;

for (const name of ENGINE_NAMES) {
  describe.skipIf(!hasEngine(name))(`on a real ${name}`, () => {
    let engine: OwnEngine;
    beforeAll(async () => {
      engine = await ownEngine(name);
    });
    afterEach(() => wipe(engine));
    afterAll(() => engine.discard());

    it('an image is run from the form, and its logs, figures and description are there to see', async () => {
      await using slipway = await openSlipway(engine.host);
      await runFromForm(slipway);
      await slipway.until(/● +web +\S*tiny:1 .*:18080→80/);
      await slipway.until(/line 3 bar[^]*following/);
      slipway.press('u');
      await slipway.until(/CPU \d+(\.\d+)? %[^]*Memory \d+/);
      slipway.press('i');
      await slipway.until(/State +\{/);
      slipway.press('a');
      await slipway.until('"running"');
      slipway.press('z');
      await slipway.untilGone('"running"');
      slipway.press('/');
      slipway.type('notes');
      await slipway.until(/“notes” 1 of \d/);
      const [container] = await withEngine(engine, (api) => api.list('container'));
      expect(container).toMatchObject({ name: 'web', state: 'running' });
      expect(container).toHaveProperty('mounts', [
        expect.objectContaining({ type: 'volume', name: 'notes', target: '/data' }),
      ]);
    });

    it('a container is stopped, started, restarted, paused, killed, renamed and removed', async () => {
      await runContainer(engine, 'web');
      await using slipway = await openSlipway(engine.host, { ready: /● +web .*Up/ });
      slipway.press('s');
      await slipway.until(/ web .*Exited \(0\)/);
      slipway.press('S');
      await slipway.until(/● +web .*Up/);
      slipway.press('r');
      await slipway.until(/● +web .*Up[^]*✓ \w+ restart web/);
      slipway.press('p');
      await slipway.until(/ web .*Paused/);
      slipway.press('p');
      await slipway.until(/● +web .*Up (?!.*Paused)/);
      slipway.press('K');
      expect(await slipway.until('Send a signal to web')).toMatch(/▸ Cancel/);
      slipway.press('down', 'enter');
      await slipway.until(/ web .*Exited \(137\)/);
      slipway.press('R');
      await slipway.until('New name');
      slipway.type('-2\n');
      await slipway.until(/ web-2 .*Exited/);
      slipway.press('@');
      await slipway.until('Commands so far');
      for (const line of ['stop web', 'start web', 'restart web', 'pause web', 'unpause web', 'kill web'])
        await slipway.until(new RegExp(`✓ \\d\\d:\\d\\d:\\d\\d .*${name} ${line}`));
      await slipway.until(`${name} rename web web-2`);
    });

    it('a removal asks, with Cancel chosen, and does nothing when cancelled', async () => {
      await runContainer(engine, 'keep', { mounts: [{ source: 'notes', target: '/data', readOnly: false }] });
      await using slipway = await openSlipway(engine.host, { ready: /● +keep .*Up/ });
      slipway.press('x');
      const question = await slipway.until('Remove keep?');
      expect(question).toMatch(/▸ Cancel/);
      expect(question).toMatch(/Stays: volume notes/);
      slipway.press('enter');
      await slipway.untilGone('Remove keep?');
      expect(await names(engine)).toEqual(['keep']);
      slipway.press('x', 'down');
      await slipway.until(/▸ .*rm -f keep/);
      slipway.press('enter');
      await slipway.untilGone(/● +keep/);
      await slipway.until('0 running');
      // It is ended first, and is in the list for a moment more.
      await until(async () => (await names(engine)).length === 0);
    });

    it('volumes, networks and tags are made, counted in a clean-up, and removed', async () => {
      await using slipway = await openSlipway(engine.host);
      slipway.press('3', 'n');
      await slipway.until('Create a volume');
      slipway.type('notes\n');
      await slipway.until(/notes +local .*unused/);
      slipway.press('4', 'n');
      await slipway.until('Create a network');
      slipway.type('backend\n');
      await slipway.until(/backend +bridge/);
      slipway.press('2', 't');
      await slipway.until('Tag an image');
      slipway.type('23\n');
      await slipway.until(/tiny:123 +\d+ layers/);
      slipway.press('3', 'X');
      expect(await slipway.until('Clean up')).toMatch(/Remove all volumes that no container uses:\W+notes/);
      slipway.press('enter');
      await slipway.untilGone('Clean up');
      await remove(slipway, '3', 'notes');
      await remove(slipway, '4', 'backend');
      await remove(slipway, '2', 'tiny:123');
      await withEngine(engine, async (api) => {
        expect(await api.list('volume')).toEqual([]);
        expect(JSON.stringify(await api.list('image'))).not.toContain('tiny:123');
        expect(JSON.stringify(await api.list('network'))).not.toContain('backend');
      });
    });

    it('what others do to the engine shows by itself', async () => {
      await using slipway = await openSlipway(engine.host, { ready: '0 running' });
      const id = await runContainer(engine, 'from-outside');
      await slipway.until(/● +from-outside .*Up/);
      await withEngine(engine, async (api) => {
        const container = { id, name: 'from-outside' };
        await api.carryOut({ do: 'stop', container });
        await slipway.until(/ from-outside .*Exited/);
        await api.carryOut({ do: 'remove-container', container, force: true, volumes: false });
      });
      await slipway.untilGone('from-outside');
    });

    it('a container that ends by itself is shown as ended', async () => {
      await using slipway = await openSlipway(engine.host, { ready: '0 running' });
      for (const each of ['a', 'b', 'c', 'd'])
        await runContainer(engine, `brief-${each}`, { command: ['sh', '-c', 'sleep 0.3; exit 3'] });
      await slipway.until((screen) => screen.match(/ brief-[abcd] .*Exited \(3\)/g)?.length === 4);
    });

    it('a clean-up names what goes, and takes only that', async () => {
      await runContainer(engine, 'runs');
      await runContainer(engine, 'ended', { command: ['true'] });
      await using slipway = await openSlipway(engine.host, { ready: / ended .*Exited \(0\)/ });
      slipway.press('X');
      const question = await slipway.until('Clean up');
      expect(question).toMatch(/Remove all stopped containers:\W+ended\W/);
      slipway.press('down');
      await slipway.until(/▸ .*container prune -f/);
      slipway.press('enter');
      await slipway.untilGone(/[○✗] +ended /);
      expect(await names(engine)).toEqual(['runs']);
    });

    it('a removal can take the anonymous volumes along', async () => {
      await runContainer(engine, 'web', { mounts: [{ source: '', target: '/data', readOnly: false }] });
      await using slipway = await openSlipway(engine.host, { ready: /1 volume[^]*● +web / });
      slipway.press('x');
      await slipway.until('1 anonymous volume');
      slipway.press('down', 'down');
      await slipway.until(/▸ .*with its anonymous volumes/);
      slipway.press('enter');
      await slipway.until(/0 running · 1 image · 0 volumes/);
    });

    it('one command acts on all that is marked', async () => {
      for (const each of ['job-1', 'job-2', 'other']) await runContainer(engine, each);
      await using slipway = await openSlipway(engine.host, { ready: '3 running' });
      slipway.press('/');
      slipway.type('job\n');
      slipway.press('space', 'space', 's');
      const screen = await slipway.until('1 running');
      expect(screen).toMatch(/ job-1 .*Exited/);
      expect(screen).toMatch(/ job-2 .*Exited/);
    });
  });
}

async function runFromForm(slipway: Terminal): Promise<void> {
  slipway.press('2', 'enter');
  await slipway.until('Run a container');
  for (const value of ['web', COUNTING, '18080:80', 'FOO=bar', 'notes:/data']) {
    slipway.press('tab');
    slipway.type(value);
  }
  // The line is wrapped, and what stands beside the form comes in between.
  await slipway.until(/\$ \w+ run -d --name web -p 18080:80 -e FOO=bar -v[^]+?notes:\/data tiny/);
  slipway.press('enter');
}

async function remove(slipway: Terminal, pane: string, name: string): Promise<void> {
  slipway.press(pane, '/');
  slipway.type(`${name}\n`);
  slipway.press('x');
  await slipway.until(`Remove ${name}?`);
  slipway.press('down', 'enter');
  await slipway.until(new RegExp(`✓ .*rm.* .*${name}`));
}

async function names(engine: OwnEngine): Promise<string[]> {
  return (await withEngine(engine, (api) => api.list('container'))).map(({ name }) => name);
}
