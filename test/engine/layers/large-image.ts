import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { oddTar } from '../../support/odd-tar.ts';
import { sha256 } from './saved-image.ts';

const MEGABYTE = Buffer.alloc(2 ** 20);
const END = 1024;

/** An entry whose content is made while it is written: bytes before it, how many megabytes of zeros. */
type Layer = { start: Buffer; megabytes: number };

const filesLayer = (files: number): Layer => {
  const entries = Array.from({ length: files }, (_, i) => ({
    name: `many/${Math.floor(i / 500)}/file-${i}`,
    content: `content of ${i}`,
  }));
  return { start: oddTar(entries).subarray(0, -END), megabytes: 0 };
};

/** A header that says how much follows, without it. */
const hugeLayer = (megabytes: number): Layer => ({
  start: oddTar([{ name: 'huge', content: '', stated: megabytes * MEGABYTE.length }]).subarray(0, -END),
  megabytes,
});

function* bytesOf({ start, megabytes }: Layer): Generator<Buffer> {
  yield start;
  for (let i = 0; i < megabytes; i++) yield MEGABYTE;
  yield Buffer.alloc(END);
}

function digestOf(layer: Layer): string {
  const hash = createHash('sha256');
  for (const bytes of bytesOf(layer)) hash.update(bytes);
  return hash.digest('hex');
}

/** The archive of an image with so many small files in one layer, and one file of so many megabytes in the next. */
export function largeImage(name: string, files: number, megabytes: number): Readable {
  const layers = [filesLayer(files), hugeLayer(megabytes)];
  const digests = layers.map(digestOf);
  const rootfs = { type: 'layers', diff_ids: digests.map((digest) => `sha256:${digest}`) };
  const history = [{ created_by: 'COPY many /' }, { created_by: 'COPY huge /' }];
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs, history });
  const manifest = JSON.stringify([
    { Config: `${sha256(config)}.json`, RepoTags: [name], Layers: digests.map((d) => `${d}/layer.tar`) },
  ]);
  function* archive(): Generator<Buffer> {
    for (const [i, layer] of layers.entries()) {
      const stated = layer.start.length + layer.megabytes * MEGABYTE.length + END;
      yield oddTar([{ name: `${digests[i]}/layer.tar`, stated }]).subarray(0, -END);
      yield* bytesOf(layer);
      yield Buffer.alloc((512 - (stated % 512)) % 512);
    }
    yield oddTar([
      { name: `${sha256(config)}.json`, content: config },
      { name: 'manifest.json', content: manifest },
    ]);
  }
  return Readable.from(archive());
}
