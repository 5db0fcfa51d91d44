import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors.ts';
import { readSaveArchive } from '../../../src/engine/layers/read-save-archive.ts';
import { oddTar, type OddEntry } from '../../support/odd-tar.ts';
import { expectAgreement } from './agreement.ts';
import { LAYOUTS } from './layouts.ts';
import { MADE_IMAGES } from './made-images.ts';
import { archived, configOf, savedImages, sha256, type Archived } from './saved-image.ts';
import { unpackLayers } from './unpacked.ts';

const isRoot = process.getuid?.() === 0;

async function* inPieces(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (archive: Buffer, diffIds: readonly string[] | null = null, size?: number) =>
  readSaveArchive(inPieces(archive, size), { diffIds });

const refusal = async (archive: Buffer, diffIds: readonly string[] | null = null): Promise<EngineError> => {
  const error: unknown = await read(archive, diffIds).then(
    () => new Error('it was read'),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
};

describe.runIf(isRoot)('an archive of Docker before 25', () => {
  it.each(MADE_IMAGES)('of $name agrees path by path with its layers, unpacked', async (made) => {
    const image = archived(made);
    const { layers } = await read(savedImages([image]), image.diffIds);
    expect(layers.map(({ diffId }) => diffId)).toEqual(image.diffIds);
    expectAgreement(layers, unpackLayers(image.archives));
  });
});

const SOME = MADE_IMAGES.filter(({ name }) =>
  ['opaque-with-new', 'no-utf-8', 'empty-layers', 'twice-the-same-layer', 'long-names-pax'].includes(name),
).map(archived);

describe.each(LAYOUTS)('$layout', ({ write }) => {
  it.each(SOME)('of $name holds the same layers', async (image) => {
    const plain = await read(savedImages([image]));
    for (const size of [65_536, 333]) {
      const { layers, steps } = await read(write(image), image.diffIds, size);
      expect({ layers, steps }).toEqual({ layers: plain.layers, steps: plain.steps });
    }
    // Without knowing what to expect, the image that is whole is the one.
    expect((await read(write(image))).layers).toEqual(plain.layers);
  });
});

const image = SOME[0]!;

describe('an archive that is damaged', () => {
  it('cut short anywhere is refused, unless only its end is missing', async () => {
    for (const { write } of LAYOUTS.slice(0, 3)) {
      const archive = write(image);
      const whole = await read(archive);
      for (let length = 0; length < archive.length; length += 1 + Math.floor(archive.length / 60)) {
        const cut = await read(archive.subarray(0, length)).catch((error: unknown) => error);
        if (!(cut instanceof EngineError)) expect(cut).toEqual(whole);
      }
    }
  });

  it('with a random byte changed gives an error of ours, or layers', async () => {
    let seed = 11;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (const { write } of LAYOUTS) {
      const archive = write(image);
      for (let round = 0; round < 25; round++) {
        const copy = Buffer.from(archive);
        for (let hit = 0; hit <= round % 4; hit++) copy[random(copy.length)] = random(256);
        const result = await read(copy, null, 1 + random(9000)).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(EngineError);
      }
    }
  });

  it.each([
    ['text', Buffer.from('no archive. '.repeat(100)), /no header at byte 0/],
    ['nothing', Buffer.alloc(0), /neither manifest\.json nor index\.json/],
    ['another tar', oddTar([{ name: 'a', content: 'b' }]), /neither manifest\.json nor index\.json/],
  ])('%s is none', async (_what, archive, says) => {
    expect((await refusal(archive)).message).toMatch(says);
  });
});

type Parts = { config?: Buffer; layers?: OddEntry[]; listed?: string[] };

/** The archive of `image` with some of its parts exchanged. */
function patched({ config = configOf(image), layers, listed }: Parts): Buffer {
  const all = layers ?? image.archives.map((content) => ({ name: `${sha256(content)}.tar`, content }));
  const names = listed ?? all.map(({ name }) => String(name));
  const manifest = JSON.stringify([{ Config: 'config.json', RepoTags: null, Layers: names }]);
  return oddTar([
    ...all,
    { name: 'config.json', content: config },
    { name: 'manifest.json', content: manifest },
  ]);
}

describe('an image with something wrong is refused, and what is wrong is said:', () => {
  const [first, second] = image.archives as [Buffer, Buffer];
  const packed = gzipSync(second);
  const damaged = Buffer.from(packed);
  damaged.fill(0x55, packed.length >> 1);
  const lower = (content: Buffer, name = 'one.tar'): OddEntry => ({ name, content });

  it.each<[string, Parts, RegExp]>([
    [
      'a layer is missing',
      { layers: [lower(first)], listed: ['one.tar', 'two.tar'] },
      /layer 2 of 2 is missing \(two\.tar\)/,
    ],
    ['a layer too few', { layers: [lower(first)] }, /1 layers, but says that there are 2/],
    [
      'a corrupt gzip',
      { layers: [lower(first), lower(damaged, 'two')] },
      /layer 2 of 2: a compressed layer is damaged/,
    ],
    [
      'a gzip cut short',
      { layers: [lower(first), lower(packed.subarray(0, -20), 'two')] },
      /layer 2 of 2: a compressed layer is damaged/,
    ],
    [
      'a layer cut short',
      { layers: [lower(first), lower(second.subarray(0, 1000), 'two')] },
      /layer 2 of 2: .*cut short/,
    ],
    [
      'a layer that is no archive',
      { layers: [lower(first), lower(Buffer.from('BZh9'), 'two')] },
      /layer 2 of 2 is neither/,
    ],
    [
      'layers exchanged',
      { listed: image.archives.map((l) => `${sha256(l)}.tar`).toReversed() },
      /layer 1 of 2 is another one/,
    ],
    ['no config', { config: Buffer.from('{"not":"one"}') }, /config is not in it/],
    [
      'a link in a circle',
      { layers: [lower(first), { name: 'two', flag: '2', target: 'two' }] },
      /layer 2 of 2 is missing/,
    ],
  ])('%s', async (_what, parts, says) => {
    const error = await refusal(patched(parts));
    expect(error.kind).toBe('protocol');
    expect(error.message).toMatch(says);
  });

  it('another image than the one that was asked for', async () => {
    expect((await refusal(savedImages([image]), ['sha256:other'])).message).toMatch(/another image/);
  });

  it('a path that no file system takes', async () => {
    const long = archivedOf([{ name: 'x/'.repeat(3000), format: 'gnu' }]);
    expect((await refusal(savedImages([long]))).message).toMatch(/longer than a file system takes/);
  });
});

function archivedOf(...layers: OddEntry[][]): Archived {
  return archived({ name: 'x', layers });
}

describe('steps', () => {
  const steps = async (history: unknown) =>
    (await read(patched({ config: configOf(image, { history }) }))).steps;

  it('join the history, lines without a layer among them', async () => {
    expect(
      await steps([
        { created_by: '/bin/sh -c #(nop) ADD file:1 in / ', created: '2026-01-01T00:00:00Z' },
        { created_by: 'ENV A=b', empty_layer: true },
        { created_by: 'RUN |1 V=2 /bin/sh -c make it # buildkit' },
      ]),
    ).toEqual([
      { instruction: 'ADD file:1 in /', createdAt: Date.UTC(2026, 0, 1), layer: 0 },
      { instruction: 'ENV A=b', createdAt: null, layer: null },
      { instruction: 'RUN make it', createdAt: null, layer: 1 },
    ]);
  });

  it.each([[undefined], [null], ['x'], [[]], [[{ created_by: 'only one' }]]])(
    'are one for each layer where the history is %j',
    async (history) => {
      expect(await steps(history)).toEqual([
        { instruction: '(not told)', createdAt: null, layer: 0 },
        { instruction: '(not told)', createdAt: null, layer: 1 },
      ]);
    },
  );
});

it('names outside of the archive’s root stay inside of it', async () => {
  const { layers } = await read(
    savedImages([archivedOf([{ name: '../../etc/passwd', content: 'x' }, { name: '/abs/..//b' }])]),
  );
  expect(layers[0]!.entries.map(({ path }) => path)).toEqual(['etc/passwd', 'b']);
});

it.each([[[]], [null]])('an image without a layer, its list being %j, is one', async (diffIds) => {
  const config = configOf(image, {
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: [{ created_by: 'CMD ["x"]', empty_layer: true }],
  });
  expect(await read(patched({ config, layers: [] }))).toEqual({
    steps: [{ instruction: 'CMD ["x"]', createdAt: null, layer: null }],
    layers: [],
    paths: [],
  });
});
