/**
 * A registry with one image, `demo:1`, of two layers: `node registry.ts PORT`. Half of the second layer is sent at once
 * and the rest when a line comes in on standard input. It ends with its standard input.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { tarArchive } from '../../src/sandbox/tar.ts';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG = 'application/vnd.docker.container.image.v1+json';
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
/** Random, so that it does not shrink: docker reports progress every 512 kB. */
const LAYER_BYTES = 2_000_000;

const blobs = new Map<string, Buffer>();
const released = Promise.withResolvers<void>();

const tars = ['first', 'second'].map((path) =>
  tarArchive([{ type: 'file', path, content: randomBytes(LAYER_BYTES), mode: 0o644 }]),
);
const layers = tars.map((tar) => describe(LAYER, gzipSync(tar)));
const config = describe(
  CONFIG,
  json({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Cmd: ['/first'] },
    rootfs: { type: 'layers', diff_ids: tars.map(digest) },
  }),
);
const manifest = json({ schemaVersion: 2, mediaType: MANIFEST, config, layers });

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const blob = blobs.get(/^\/v2\/demo\/blobs\/(.+)$/.exec(path)?.[1] ?? '');
  if (path === '/v2/') return void response.end('{}');
  if (/^\/v2\/demo\/manifests\/(1|sha256:.*)$/.test(path)) return sendManifest(response);
  if (blob === undefined) return notFound(response);
  response.writeHead(200, { 'content-length': blob.length });
  if (path.endsWith(layers[1]?.digest ?? '')) void sendHalting(response, blob);
  else response.end(blob);
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('ready\n'));
process.stdin.on('data', () => released.resolve());
process.stdin.on('end', () => process.exit());

function sendManifest(response: ServerResponse): void {
  const headers = {
    'content-type': MANIFEST,
    'content-length': manifest.length,
    'docker-content-digest': digest(manifest),
  };
  response.writeHead(200, headers).end(manifest);
}

async function sendHalting(response: ServerResponse, blob: Buffer): Promise<void> {
  response.write(blob.subarray(0, blob.length / 2));
  await released.promise;
  response.end(blob.subarray(blob.length / 2));
}

function notFound(response: ServerResponse): void {
  const errors = [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }];
  response.writeHead(404, { 'content-type': 'application/json' }).end(json({ errors }));
}

function describe(mediaType: string, content: Buffer) {
  blobs.set(digest(content), content);
  return { mediaType, size: content.length, digest: digest(content) };
}

function digest(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
