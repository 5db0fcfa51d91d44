import { describe, expect, it } from 'vitest';
import { startFakeEngine } from '../support/fake-engine.ts';
import { fakeId } from '../support/fake-state.ts';
import { openSlipway } from './open-slipway.ts';

const IMAGES = 'image-0:1';

describe('replies that make no sense', () => {
  it.each(['broken-json', 'dies-mid-body', 'empty', 'error-text', 'headers-then-silence'] as const)(
    'a list that comes as %s leaves the other lists and the keys alone, and is there again when asked for',
    async (how) => {
      await using engine = await startFakeEngine({ containers: 2 });
      engine.faults.push({ on: /GET \/containers\/json/, how });
      await using slipway = await openSlipway(engine.host, { ready: IMAGES });
      slipway.press('2');
      await slipway.until('━ 2 Images');
      expect(slipway.screen()).not.toContain('container-0');
      engine.faults.length = 0;
      slipway.press('ctrl-r');
      await slipway.until('container-0');
    },
  );

  it('a row with missing fields is shown as unreadable, and the rest lives', async () => {
    await using engine = await startFakeEngine({ containers: 3, images: 2 });
    for (const rows of [engine.state.containers, engine.state.images, engine.state.networks]) {
      const id = fakeId(`broken ${rows.size}`);
      rows.set(id, { Id: id, Names: 7, Labels: 'none', Ports: {}, State: null });
    }
    engine.state.volumes.set('broken', { Driver: 5 });
    engine.state.containers.set('null', null as never);
    await using slipway = await openSlipway(engine.host, { columns: 200, rows: 60 });
    const whole = ['container-0', 'container-2', 'image-1:1', 'volume-0', 'bridge'];
    await slipway.until((screen) => whole.every((name) => screen.includes(name)));
    const unreadable = await slipway.until((screen) => screen.match(/cannot be read/g)?.length === 5);
    expect(unreadable).toMatch(/3 Volumes[^]*cannot be read: Name is missing[^]*4 Networks/);
    slipway.press('end');
    slipway.press('i');
    slipway.press('1', 's', '?');
    await slipway.until('━ Keys');
  });

  it('a command that the engine answers with nonsense fails visibly', async () => {
    await using engine = await startFakeEngine({ containers: 1 });
    await using slipway = await openSlipway(engine.host, { ready: /● +container-0/ });
    engine.faults.push({ on: /POST .*\/stop/, how: 'error-json' });
    slipway.press('s');
    await slipway.until('boom');
    expect(slipway.raw()).not.toContain('boom\x1b[31m');
    slipway.press('esc');
    await slipway.untilGone('boom');
    slipway.press('@');
    await slipway.until(/✗ .*docker stop container-0/);
  });

  it('an engine that goes away and comes back is followed', async () => {
    await using engine = await startFakeEngine({ containers: 1 });
    await using slipway = await openSlipway(engine.host, { ready: 'container-0' });
    await engine.goDown();
    await slipway.until('LOST', { timeout: 5000 });
    expect(slipway.screen()).toContain('container-0');
    await engine.comeUp();
    await slipway.until('1 running');
  });
});
