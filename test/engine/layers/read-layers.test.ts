import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { ImageStep, Layer, LayerCache, LayeredImage } from '../../../src/engine/layers/layer.ts';
import { ownEngine, hasEngine } from '../../support/engines.ts';
import { expectAgreement } from './agreement.ts';
import { MADE_IMAGES } from './made-images.ts';
import { archived, savedImages } from './saved-image.ts';
import { unpackLayers } from './unpacked.ts';

const isRoot = process.getuid?.() === 0;
const ALL = MADE_IMAGES.filter(({ isRefused }) => isRefused !== true).map(archived);
const cases = ALL.map(({ name, archives }) => ({ name, archives }));

describe.runIf(isRoot).each(['docker', 'podman'] as const)('on %s', (family) => {
  if (!hasEngine(family)) return;
  let engine: Engine;
  let isContainerdStore = false;
  beforeAll(async () => {
    // One of its own: what is loaded here would stay on the shared ones.
    engine = await connect((await ownEngine(family)).endpoint);
    await engine.load(Readable.from([savedImages(ALL)]));
    isContainerdStore = (await engine.about()).storageDriver === 'overlayfs';
  });
  afterAll(() => engine.close());

  it('stops in the middle of the archive when nobody wants it any more', async () => {
    const stop = new AbortController();
    const options = { fast: false, signal: stop.signal, onProgress: () => stop.abort() };
    await expect(engine.readLayers('many-layers:made', options)).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(engine.ping()).resolves.toBeUndefined();
  });

  it('says no to an image that is not there', async () => {
    await expect(engine.readLayers('never-there:1')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('reads no layer again that the cache has, of a sister image neither', async () => {
    const kept = new Map<string, Layer>();
    const steps = new Map<string, readonly ImageStep[]>();
    const cache: LayerCache = {
      get: async (diffId) => kept.get(diffId) ?? null,
      put: async (layer) => void kept.set(layer.diffId, layer),
      getSteps: async (id) => steps.get(id) ?? null,
      putSteps: async (id, all) => void steps.set(id, all),
    };
    let asked = 0;
    const options = { fast: false, cache, onProgress: () => asked++ };
    const first = await engine.readLayers('file-removed:made', options);
    expect(asked).toBeGreaterThan(0);
    asked = 0;
    expect(await engine.readLayers('file-removed:made', options)).toEqual(first);
    // It has the lower one of the two, and a config that was never seen.
    const sister = await engine.readLayers('one-layer:made', options);
    expect(sister.layers).toEqual(first.layers.slice(0, 1));
    expect(sister.steps).toEqual([{ instruction: 'COPY 0 /', createdAt: Date.UTC(2026, 0, 1), layer: 0 }]);
    expect(asked).toBe(0);
  });

  it.each([
    ['file-removed', 0, 'etc/one', { kind: 'file', text: 'first' }],
    ['file-removed', 1, 'etc/one', null],
    ['file-removed', 0, 'etc', { kind: 'folder' }],
    ['link-circle', 0, 'up', { kind: 'other' }],
    ['hard-links', 0, 'd/c', { kind: 'file', text: 'x'.repeat(100) }],
    ['no-utf-8', 1, 'd\udcff/\udcfey', { kind: 'file', text: 'odd too' }],
    ['file-in-a-link', 1, 'l/x', { kind: 'file', text: 'beside' }],
    ['one-layer', 0, '../../etc/passwd', null],
  ])(
    'of %s, layer %i, gives what is at %s, on the disk and in the archive',
    async (name, layer, path, found) => {
      const at = { imageId: `${name}:made`, layer, path, limit: 100 };
      expect(await engine.readLayerFile(at)).toEqual(found);
      expect(await engine.readLayerFile({ ...at, fast: false })).toEqual(found);
    },
  );

  describe.each(cases)('$name', ({ name, archives }) => {
    let saved: LayeredImage;
    beforeAll(async () => {
      saved = await engine.readLayers(`${name}:made`, { fast: false });
    });

    it('agrees path by path with its layers, unpacked', () => {
      expectAgreement(saved.layers, unpackLayers(archives));
    });

    it('is the same from the engine’s own disk, where it keeps the headers there', async () => {
      let asked = 0;
      const fast = await engine.readLayers(`${name}:made`, { onProgress: () => asked++ });
      expect(asked > 0).toBe(isContainerdStore);
      expect(withSumsNumbered(fast)).toEqual(withSumsNumbered(saved));
    });
  });
});

/** Both ways have a checksum of their own: what counts is which contents are equal. */
function withSumsNumbered(image: LayeredImage): LayeredImage {
  const numbers = new Map<string, string>([['', '']]);
  const numbered = (content: string): string => {
    numbers.set(content, numbers.get(content) ?? `content ${numbers.size}`);
    return numbers.get(content)!;
  };
  const layers = image.layers.map((layer) => ({
    ...layer,
    entries: layer.entries.map((entry) => ({ ...entry, content: numbered(entry.content) })),
  }));
  return { ...image, layers };
}
