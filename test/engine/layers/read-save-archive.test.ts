import { describe, expect, it } from 'vitest';
import { readSaveArchive } from '../../../src/engine/layers/read-save-archive.ts';
import { expectAgreement } from './agreement.ts';
import { MADE_IMAGES } from './made-images.ts';
import { archived, savedImages } from './saved-image.ts';
import { unpackLayers } from './unpacked.ts';

const isRoot = process.getuid?.() === 0;

async function* inPieces(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe.runIf(isRoot)('an archive of Docker before 25', () => {
  it.each(MADE_IMAGES)('of $name agrees path by path with its layers, unpacked', async (made) => {
    const image = archived(made);
    const { layers } = await readSaveArchive(inPieces(savedImages([image])), { diffIds: image.diffIds });
    expect(layers.map(({ diffId }) => diffId)).toEqual(image.diffIds);
    expectAgreement(layers, unpackLayers(image.archives));
  });
});
