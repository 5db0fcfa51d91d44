import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { carryOutCommands } from '../../../src/app/carry-out-commands.ts';
import { followEngine } from '../../../src/app/follow-engine.ts';
import { doForLayers } from '../../../src/app/layers/do-for-layers.ts';
import { followLayers, type LayersParts } from '../../../src/app/layers/follow-layers.ts';
import { layerCache, layersFolder } from '../../../src/app/layers/layer-cache.ts';
import { runIntents, type ProgramParts } from '../../../src/app/program.ts';
import { connect } from '../../../src/engine/connect.ts';
import type { Mount } from '../../../src/engine/objects.ts';
import { KINDS } from '../../../src/engine/objects.ts';
import { EMPTY_RUN_SPEC } from '../../../src/engine/run-line.ts';
import { lineText } from '../../../src/model/line.ts';
import { press } from '../../../src/model/press.ts';
import type { State } from '../../../src/model/state.ts';
import { testEngines } from '../../support/engines.ts';
import { until } from '../../support/until.ts';
import { connectedStore } from '../program-parts.ts';

describe.each(await testEngines())('on $name', ({ endpoint, image }) => {
  let parts: LayersParts;
  let living: AbortController;
  const bugs: unknown[] = [];
  const onError = (error: unknown): void => void bugs.push(error);
  const state = (): State => parts.store.getState();

  beforeEach(async () => {
    const engine = await connect(endpoint);
    const home = await mkdtemp(join(tmpdir(), 'layers-'));
    living = new AbortController();
    const surroundings = { env: {}, home };
    parts = { engine, store: connectedStore(engine), surroundings, signal: living.signal };
    followEngine(engine, parts.store, living.signal).catch(onError);
    followLayers(parts, onError);
    await until(() => KINDS.every((kind) => state().objects[kind].items !== null));
  });
  afterEach(async () => {
    living.abort();
    parts.engine.close();
    await rm(parts.surroundings.home, { recursive: true });
    if (bugs.length > 0) throw bugs.pop();
  });

  function keys(...all: string[]): void {
    for (const key of all) runIntents({ store: parts.store } as ProgramParts, press(state(), key));
  }

  /** A container that does what it is told through its shell, selected, with its Layers tab open. */
  async function open(mounts: { source: string; target: string; readOnly: boolean }[] = []): Promise<string> {
    const name = `layers-${randomBytes(4).toString('hex')}`;
    const spec = { ...EMPTY_RUN_SPEC, image, name, command: ['sh', '-c', 'exec sleep 600'], mounts };
    const { affected } = await parts.engine.carryOut({ do: 'run', spec });
    const id = affected[0]!;
    onTestFinished(async () => {
      const engine = await connect(endpoint);
      await engine.carryOut({ do: 'remove-container', container: { id, name }, force: true, volumes: true });
      for (const { source } of mounts)
        await engine.carryOut({ do: 'remove-volume', volume: { id: source, name: source }, force: true });
      engine.close();
    });
    await until(() => state().objects.container.items?.has(id) === true);
    parts.store.dispatch({ type: 'list-changed', kind: 'container', view: { selected: id } });
    keys('v');
    await until(() => (state().layers?.live ?? null) !== null);
    return id;
  }

  async function run(id: string, script: string): Promise<void> {
    const session = await parts.engine.exec(id, {
      command: ['sh', '-c', script],
      tty: false,
      columns: 80,
      rows: 24,
    });
    session.stream.resume();
    session.stream.end();
    expect(await session.exitCode()).toBe(0);
  }
  const live = () => state().layers?.live?.list ?? [];
  const pageText = (): string => {
    const top = state().overlays.at(-1);
    return top?.kind === 'page' ? top.page.lines.map(lineText).join('\n') : '';
  };

  test('a file written in a running container appears as new, with its size, grows, and is read', async () => {
    const id = await open();
    await run(id, 'printf 12345 > /fresh');
    await until(() => live().some(({ path, size }) => path === '/fresh' && size === 5));
    expect(live().find(({ path }) => path === '/fresh')).toMatchObject({ kind: 'added', isFolder: false });
    expect(live().find(({ path }) => path === '/fresh')?.seenAt).not.toBeNull();
    await run(id, 'printf 678 >> /fresh; rm /etc/motd');
    await until(() => live().some(({ path, size }) => path === '/fresh' && size === 8));
    await until(() => live().some(({ path, kind }) => path === '/etc/motd' && kind === 'deleted'));
    await doForLayers(parts, { do: 'open-live-file', container: id, path: '/fresh' });
    expect(pageText()).toBe('12345678');
  });

  test('the layers of its image are read meanwhile, and kept: the engine is not asked for them again', async () => {
    await open();
    await until(() => state().layers?.reading.phase === 'read');
    const { env, home } = parts.surroundings;
    let asked = 0;
    await parts.engine.readLayers(image, {
      cache: layerCache(layersFolder(env, home)),
      fast: false,
      beforeArchive: () => (asked += 1),
    });
    expect(asked).toBe(0);
  });

  test('a commit makes an image with one layer more, which is selected; the volume is known as left out', async () => {
    const source = `left-${randomBytes(4).toString('hex')}`;
    const id = await open([{ source, target: '/data', readOnly: false }]);
    await until(() => (state().layers?.mounts.length ?? 0) > 0);
    const expected: Partial<Mount> = { type: 'volume', name: source, target: '/data' };
    expect(state().layers?.mounts[0]).toMatchObject(expected);
    await run(id, 'echo kept > /kept; echo not > /data/not');
    const as = `${source}:1`;
    const container = { id, name: id };
    const commands = [{ do: 'commit', container, as, message: '', pause: true } as const];
    await carryOutCommands(parts.engine, parts.store, commands, living.signal);
    onTestFinished(async () => {
      const engine = await connect(endpoint);
      await engine.carryOut({ do: 'remove-image', image: { id: as, name: as }, force: true });
      engine.close();
    });
    expect(state().focus).toBe('image');
    expect(state().lists.image.selected).toContain(as);
    keys('v');
    await until(
      () => state().layers?.reading.phase === 'read' && state().layers?.of.startsWith('image ') === true,
    );
    const { reading } = state().layers!;
    const layers = reading.phase === 'read' ? reading.image.layers : [];
    expect(layers.at(-1)!.entries.map(({ path }) => path)).toContain('kept');
    expect(layers.at(-1)!.entries.map(({ path }) => path)).not.toContain('data/not');
    expect(layers.length).toBe((await parts.engine.imageOutline(image)).diffIds.length + 1);

    const before = { id: image, name: image };
    await doForLayers(parts, { do: 'compare-images', before, after: { id: as, name: as } });
    expect(pageText()).toMatch(new RegExp(`Only in ${as}: \\d+\\n[^]*/kept`));
    expect(pageText()).toContain(`the lowest ${layers.length - 1} are the same`);
  });

  test('an image that is gone says so in the engine’s words', async () => {
    const control = new AbortController();
    const { outlineLayers } = await import('../../../src/app/layers/outline-layers.ts');
    await outlineLayers(parts, 'image no-such:1 no-such:1', control.signal);
    expect(state().layers?.failed?.why).toMatch(/no such image|not known|not found|unable to find/i);
  });
});
