import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { baseImage } from '../base-image.ts';
import { imageConfig, sha256 } from '../image-archive.ts';
import { callRegistry } from './call-registry.ts';
import { SEEDED } from './seeded.ts';

const TYPES = 'application/vnd.docker';

/** Puts `tiny:1` into a registry under the name of a well-known image, so that it can be pulled without a network. */
export async function seedRegistry(address: string): Promise<void> {
  const parts = await baseImage();
  const config = imageConfig(parts);
  const layers = await Promise.all(parts.layers.map(({ tar }) => promisify(gzip)(tar)));
  for (const blob of [config, ...layers]) await putBlob(address, blob);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: `${TYPES}.distribution.manifest.v2+json`,
      config: described(`${TYPES}.container.image.v1+json`, config),
      layers: layers.map((layer) => described(`${TYPES}.image.rootfs.diff.tar.gzip`, layer)),
    }),
  );
  const type = `${TYPES}.distribution.manifest.v2+json`;
  await callRegistry(address, 'PUT', `/v2/${SEEDED}/manifests/latest`, { type, body: manifest });
}

async function putBlob(address: string, blob: Buffer): Promise<void> {
  const { headers } = await callRegistry(address, 'POST', `/v2/${SEEDED}/blobs/uploads/`);
  const place = new URL(headers.location ?? '', `http://${address}`);
  place.searchParams.set('digest', sha256(blob));
  const content = { type: 'application/octet-stream', body: blob };
  await callRegistry(address, 'PUT', `${place.pathname}${place.search}`, content);
}

function described(mediaType: string, blob: Buffer): { mediaType: string; size: number; digest: string } {
  return { mediaType, size: blob.length, digest: sha256(blob) };
}
