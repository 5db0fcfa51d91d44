import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import { HELPER_LABEL, isOwnHelper, removeLeftHelpers } from '../../../src/engine/own-helper.ts';
import { takeLists } from '../../../src/lesson/facts/take-lists.ts';
import { takeWorld } from '../../../src/lesson/facts/take-world.ts';
import { hasEngine, ownEngine } from '../../support/engines.ts';
import { rawContainer } from '../../support/raw-container.ts';

const NAMES = (['docker', 'podman'] as const).filter(hasEngine);

describe.each(NAMES)('helpers of ours on %s', (name) => {
  it('are not in the world, and what a killed program has left goes, the learner’s own does not', async () => {
    const own = await ownEngine(name);
    const engine = await connect(own.endpoint);
    onTestFinished(async () => {
      engine.close();
      await own.discard();
    });
    const body = { Image: own.image, Cmd: ['sleep', '600'] };
    await rawContainer(own.endpoint, 'mine', body);
    const helper = { ...body, Labels: { [HELPER_LABEL]: '1' } };
    await rawContainer(own.endpoint, 'slipway-check-left', helper);
    await rawContainer(own.endpoint, 'never-started', helper, { start: false });
    expect((await takeLists(engine)).containers.map((container) => container.name)).toEqual(['mine']);

    const event = (of: string) =>
      ({ at: 1, kind: 'container', action: 'create', id: 'x', name: of }) as const;
    const world = await takeWorld(engine, {
      checks: [],
      began: { lesson: 0, step: 0 },
      events: [event('mine'), event('slipway-check-left')],
      registry: null,
      typed: [],
      calls: [],
      isOurs: () => () => false,
      workFolder: '/nonexistent',
      scripts: { why: 'none', advice: '' },
      features: [],
      image: own.image,
      elsewhere: null,
      signal: new AbortController().signal,
    });
    expect(world.events.map((told) => told.name)).toEqual(['mine']);
    expect(world.networks.find((network) => network.name === 'bridge')?.members).toEqual(['mine']);

    expect(await removeLeftHelpers(engine)).toBe(0);
    expect(await removeLeftHelpers(engine, -1000)).toBe(2);
    const left = await engine.list('container');
    expect(left.map((item) => item.name)).toEqual(['mine']);
    expect(left.some(isNamedHelper)).toBe(false);
  });
});

function isNamedHelper(item: { name: string }): boolean {
  return isOwnHelper({ name: item.name });
}
