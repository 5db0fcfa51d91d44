import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EMPTY_RUN_SPEC } from '../../../src/engine/run-line.ts';
import { testEngines } from '../../support/engines.ts';
import { until } from '../../support/until.ts';

describe.each(await testEngines())('on $name', ({ endpoint, image }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect(endpoint);
  });
  afterAll(() => engine.close());

  /** A container that has written a file and ended. */
  async function box(): Promise<{ id: string; name: string }> {
    const name = `commit-${randomBytes(4).toString('hex')}`;
    const command = ['sh', '-c', 'echo made > /made'];
    const spec = { ...EMPTY_RUN_SPEC, image, name, command };
    const { affected } = await engine.carryOut({ do: 'run', spec });
    const container = { id: affected[0] ?? '', name };
    onTestFinished(async () => {
      await engine.carryOut({ do: 'remove-container', container, force: true, volumes: true });
    });
    await until(async () => (await engine.containerDetails(container.id)).state === 'exited');
    return container;
  }

  it('an image is outlined with one instruction for each layer, the bottom one first', async () => {
    const outline = await engine.imageOutline(image);
    const made = outline.steps.filter(({ layer }) => layer !== null);
    expect(made.map(({ layer }) => layer)).toEqual(outline.diffIds.map((_, i) => i));
    for (const { instruction, size } of made) expect([instruction !== '', size > 0]).toEqual([true, true]);
    expect((await engine.readLayers(image)).steps.map(({ layer }) => layer)).toEqual(
      outline.steps.map(({ layer }) => layer),
    );
  });

  it('an image that is not there is not found', async () => {
    await expect(engine.imageOutline('no-such-image:1')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('a commit makes an image with one layer more, which holds what was written', async () => {
    const container = await box();
    const as = `${container.name}:1`;
    const commit = { do: 'commit', container, as, message: 'as it was', pause: true } as const;
    const { affected } = await engine.carryOut(commit);
    onTestFinished(async () => {
      await engine.carryOut({ do: 'remove-image', image: { id: affected[0]!, name: as }, force: true });
    });
    const [before, after] = [await engine.imageOutline(image), await engine.imageOutline(as)];
    expect(after.diffIds.slice(0, -1)).toEqual(before.diffIds);
    expect(after.id).toContain(affected[0]!);
    const { layers } = await engine.readLayers(as);
    expect(layers.at(-1)!.entries.map(({ path }) => path)).toContain('made');
  });
});
