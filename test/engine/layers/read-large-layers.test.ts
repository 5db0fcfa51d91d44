import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { fileTree } from '../../../src/engine/layers/file-tree.ts';
import { findWaste } from '../../../src/engine/layers/waste.ts';
import { hasEngine, ownEngine } from '../../support/engines.ts';
import { largeImage } from './large-image.ts';

const FILES = 100_000;
const MEGABYTES = 1024;
const NAME = 'large:made';

describe.runIf(hasEngine('docker'))('an image of 100,000 files and one of a gigabyte', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect((await ownEngine('docker')).endpoint);
    await engine.load(largeImage(NAME, FILES, MEGABYTES));
  }, 240_000);
  afterAll(() => engine.close());

  it('is read whole in a memory that does not grow with it, either way', { timeout: 120_000 }, async () => {
    const before = process.memoryUsage.rss();
    let most = 0;
    const onProgress = (): void => void (most = Math.max(most, process.memoryUsage.rss() - before));
    const saved = await engine.readLayers(NAME, { fast: false, onProgress });
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(200 * 2 ** 20);
    const stored = await engine.readLayers(NAME);
    for (const { layers } of [saved, stored]) {
      expect(layers.map(({ entries }) => entries.length)).toEqual([FILES, 1]);
      expect(layers[1]!.entries[0]).toMatchObject({ path: 'huge', size: MEGABYTES * 2 ** 20 });
      expect(layers[0]!.entries[FILES - 1]).toMatchObject({ path: 'many/199/file-99999', size: 16 });
    }
    expect(fileTree(saved.layers, 1).children.map(({ name, change }) => [name, change])).toEqual([
      ['huge', 'added'],
      ['many', 'unchanged'],
    ]);
    expect(findWaste(saved.layers)).toMatchObject({ bytes: 0, efficiency: 1 });
  });

  it('is not waited for any longer once nobody wants it', async () => {
    const stop = new AbortController();
    let isRead = false;
    const onProgress = (): void => void (isRead = true);
    const reading = engine.readLayers(NAME, { fast: false, signal: stop.signal, onProgress });
    // The engine is writing the archive to its own disk meanwhile.
    await engine.ping();
    stop.abort();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    expect(isRead).toBe(false);
  });
});
