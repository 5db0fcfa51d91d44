import { looseRow, type Row } from '../fields.ts';
import { memberAt, type Members } from './archive-member.ts';

/** An image that a saved archive says it holds: paths in the archive. */
export type ArchivedImage = { config: string; layers: readonly string[] };

/** An index may point to an index; deeper than this leads nowhere. */
const DEEPEST = 4;

/**
 * The images of an archive: those of `manifest.json`, which Docker and podman write, and those of `index.json`, the OCI
 * image layout. Signatures and attestations, which lie beside an image of several platforms, are none.
 */
export function archivedImages(members: Members): ArchivedImage[] {
  const listed = rows(jsonAt(members, 'manifest.json')).map(dockerImage);
  const found = [...listed, ...ociImages(members, jsonAt(members, 'index.json'), DEEPEST)];
  return found.filter((image) => image !== null);
}

function dockerImage(row: Row): ArchivedImage | null {
  const { Config: config, Layers: layers } = row;
  return typeof config === 'string' ? { config, layers: texts(layers) } : null;
}

function ociImages(members: Members, index: unknown, deepest: number): (ArchivedImage | null)[] {
  if (deepest === 0) return [];
  return rows(looseRow(index)['manifests'])
    .filter((descriptor) => !isAttestation(descriptor))
    .flatMap((descriptor) => {
      const value = looseRow(jsonAt(members, blobPath(descriptor['digest'])));
      return Array.isArray(value['manifests']) ? ociImages(members, value, deepest - 1) : ociImage(value);
    });
}

function ociImage(manifest: Row): ArchivedImage | null {
  const config = blobPath(looseRow(manifest['config'])['digest']);
  const layers = rows(manifest['layers']).map(({ digest }) => blobPath(digest));
  return config === '' ? null : { config, layers };
}

function isAttestation({ annotations, platform }: Row): boolean {
  return (
    looseRow(annotations)['vnd.docker.reference.type'] !== undefined ||
    looseRow(platform)['architecture'] === 'unknown'
  );
}

/** OCI image layout: `sha256:abc` is at `blobs/sha256/abc`. */
function blobPath(digest: unknown): string {
  const parts = typeof digest === 'string' ? /^([a-z0-9+._-]+):([a-zA-Z0-9=_-]+)$/.exec(digest) : null;
  return parts === null ? '' : `blobs/${parts[1]}/${parts[2]}`;
}

export function jsonAt(members: Members, path: string): unknown {
  const member = memberAt(members, path)?.member;
  return member?.what === 'json' ? member.value : null;
}

function rows(value: unknown): Row[] {
  return Array.isArray(value) ? value.map(looseRow) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
