import { gzipSync, zstdCompressSync } from 'node:zlib';
import { oddTar, type OddEntry } from '../../support/odd-tar.ts';
import { configOf, sha256, type Archived } from './saved-image.ts';

/** Layouts that no engine here writes, or only some. */
export type Layout = { layout: string; write: (image: Archived) => Buffer };

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const blob = (content: Buffer): OddEntry => ({ name: `blobs/sha256/${sha256(content)}`, content });
const descriptor = (content: Buffer, more: object = {}) => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: `sha256:${sha256(content)}`,
  size: content.length,
  ...more,
});

/** A frame that decoders skip, as zstd:chunked has one at its end. */
const SKIPPED = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 7, 7, 7]);

type Pack = (layer: Buffer) => Buffer;

function ociBlobs(
  image: Archived,
  pack: Pack,
): { manifest: Buffer; entries: OddEntry[]; layers: Buffer[]; config: Buffer } {
  const config = configOf(image);
  const layers = image.archives.map(pack);
  const manifest = json({
    schemaVersion: 2,
    config: descriptor(config),
    layers: layers.map((l) => descriptor(l)),
  });
  const unique = new Map([config, manifest, ...layers].map((content) => [sha256(content), blob(content)]));
  return { manifest, entries: [...unique.values()], layers, config };
}

const index = (...manifests: object[]): Buffer => json({ schemaVersion: 2, manifests });

function ociLayout(pack: Pack): Layout['write'] {
  return (image) => {
    const { manifest, entries } = ociBlobs(image, pack);
    return oddTar([
      ...entries,
      { name: 'index.json', content: index(descriptor(manifest)) },
      { name: 'oci-layout', content: '{}' },
    ]);
  };
}

/** As Docker with the containerd store writes an image of several platforms: the layers of one, an attestation, an index in an index. */
function severalPlatforms(image: Archived): Buffer {
  const { manifest, entries } = ociBlobs(image, gzipSync);
  const absent = ociBlobs({ ...image, diffIds: image.diffIds.map(() => `sha256:${'0'.repeat(64)}`) }, (l) =>
    Buffer.concat([l, l]),
  );
  const attestation = ociBlobs(
    { name: '', archives: [Buffer.from('{"predicate":{}}')], diffIds: ['sha256:1'] },
    (l) => l,
  );
  const inner = index(
    descriptor(absent.manifest, { platform: { os: 'linux', architecture: 'arm64' } }),
    descriptor(manifest, { platform: { os: 'linux', architecture: 'amd64' } }),
    descriptor(attestation.manifest, {
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    }),
  );
  return oddTar([
    { name: 'index.json', content: index(descriptor(inner)) },
    blob(inner),
    blob(absent.manifest),
    blob(absent.config),
    ...attestation.entries,
    ...entries,
  ]);
}

/** Docker 25 and later: blobs, and both manifests. */
function withBothManifests(pack: Pack): Layout['write'] {
  return (image) => {
    const { manifest, entries, layers, config } = ociBlobs(image, pack);
    const path = (content: Buffer): string => `blobs/sha256/${sha256(content)}`;
    const docker = [{ Config: path(config), RepoTags: ['x:1'], Layers: layers.map(path) }];
    return oddTar([
      ...entries,
      { name: 'index.json', content: index(descriptor(manifest)) },
      { name: 'manifest.json', content: json(docker) },
    ]);
  };
}

/** Podman: a layer once, under its digest, and links to it; the manifest before everything. */
function podmanArchive(image: Archived): Buffer {
  const config = configOf(image);
  const files = new Map(image.archives.map((l) => [sha256(l), { name: `${sha256(l)}.tar`, content: l }]));
  const links = image.archives.map((l, i): OddEntry => ({
    name: `${'a'.repeat(60)}${i}/layer.tar`,
    flag: '2',
    target: `../${sha256(l)}.tar`,
  }));
  const manifest = [
    { Config: `${sha256(config)}.json`, RepoTags: [], Layers: links.map(({ name }) => name) },
  ];
  return oddTar([
    { name: 'manifest.json', content: json(manifest) },
    ...links,
    ...files.values(),
    { name: `${sha256(config)}.json`, content: config },
  ]);
}

export const LAYOUTS: readonly Layout[] = [
  { layout: 'an OCI layout', write: ociLayout((l) => l) },
  { layout: 'an OCI layout with gzip', write: ociLayout((l) => gzipSync(l)) },
  { layout: 'an OCI layout with zstd', write: ociLayout((l) => zstdCompressSync(l)) },
  {
    layout: 'an OCI layout with zstd in several frames',
    write: ociLayout((l) => Buffer.concat([inFrames(l, zstdCompressSync), SKIPPED])),
  },
  { layout: 'an OCI layout with gzip in several members', write: ociLayout((l) => inFrames(l, gzipSync)) },
  { layout: 'blobs with both manifests', write: withBothManifests((l) => l) },
  { layout: 'gzipped blobs with both manifests', write: withBothManifests((l) => gzipSync(l)) },
  { layout: 'several platforms with an attestation', write: severalPlatforms },
  { layout: 'podman’s archive with links', write: podmanArchive },
];

/** As zstd:chunked and eStargz do: each piece can be unpacked alone. */
function inFrames(bytes: Buffer, pack: (piece: Buffer) => Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < Math.max(1, bytes.length); at += 700) pieces.push(pack(bytes.subarray(at, at + 700)));
  return Buffer.concat(pieces);
}
