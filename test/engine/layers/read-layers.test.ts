import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { LayeredImage } from '../../../src/engine/layers/layer.ts';
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
  beforeAll(async () => {
    // One of its own: what is loaded here would stay on the shared ones.
    engine = await connect((await ownEngine(family)).endpoint);
    await engine.load(Readable.from([savedImages(ALL)]));
  });
  afterAll(() => engine.close());

  describe.each(cases)('$name', ({ name, archives }) => {
    let saved: LayeredImage;
    beforeAll(async () => {
      saved = await engine.readLayers(`${name}:made`, { fast: false });
    });

    it('agrees path by path with its layers, unpacked', () => {
      expectAgreement(saved.layers, unpackLayers(archives));
    });

    it('is the same from the engine’s own disk', async () => {
      let asked = 0;
      const fast = await engine.readLayers(`${name}:made`, { onProgress: () => asked++ });
      expect(asked).toBe(0);
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
