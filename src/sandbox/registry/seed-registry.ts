import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { baseImage } from '../base-image.ts';
import { imageConfig, sha256 } from '../image-archive.ts';

/** What `docker pull busybox` asks a mirror for. */
export const SEEDED = 'library/busybox';

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
  await send(
    address,
    'PUT',
    `/v2/${SEEDED}/manifests/latest`,
    `${TYPES}.distribution.manifest.v2+json`,
    manifest,
  );
}

async function putBlob(address: string, blob: Buffer): Promise<void> {
  const { location } = await send(address, 'POST', `/v2/${SEEDED}/blobs/uploads/`, '', Buffer.alloc(0));
  const place = new URL(location ?? '', `http://${address}`);
  place.searchParams.set('digest', sha256(blob));
  await send(address, 'PUT', `${place.pathname}${place.search}`, 'application/octet-stream', blob);
}

function described(mediaType: string, blob: Buffer): { mediaType: string; size: number; digest: string } {
  return { mediaType, size: blob.length, digest: sha256(blob) };
}

async function send(
  address: string,
  method: string,
  path: string,
  type: string,
  body: Buffer,
): Promise<IncomingMessage['headers']> {
  const headers = { 'content-length': body.length, ...(type === '' ? {} : { 'content-type': type }) };
  const call = request(new URL(path, `http://${address}`), { method, headers, agent: false });
  const answered = once(call, 'response') as Promise<[IncomingMessage]>;
  call.end(body);
  const [answer] = await answered;
  answer.resume();
  if (answer.statusCode !== 201 && answer.statusCode !== 202)
    throw new Error(`the registry answered ${method} ${path} with HTTP status ${answer.statusCode}`);
  return answer.headers;
}
