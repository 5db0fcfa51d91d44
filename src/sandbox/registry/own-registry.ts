/**
 * A registry of our own, for where there is no other: all that docker and podman ask of one to push, pull and list.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Refusal } from './refusal.ts';
import type { Asked, RegistryServer } from './registry-server.ts';
import { type Repositories, openRepositories } from './repositories.ts';
import { type Uploads, openUploads } from './uploads.ts';

type Call = Asked & {
  query: URLSearchParams;
  name: string;
  /** A tag, a digest, or the id of an upload. */
  reference: string;
  repositories: Repositories;
  uploads: Uploads;
};
type Answer = (call: Call) => Promise<void>;

const NAME = '([a-z0-9]+(?:(?:[._]|__|-+|/)[a-z0-9]+)*)';
const DIGEST = 'sha256:[0-9a-f]{64}';
const MAX_MANIFEST = 4 * 1024 * 1024;

const ROUTES: readonly { path: RegExp; answers: Readonly<Record<string, Answer>> }[] = [
  { path: /^\/v2\/?$/, answers: { GET: (call) => json(call, {}), HEAD: (call) => json(call, {}) } },
  { path: /^\/v2\/_catalog$/, answers: { GET: listRepositories } },
  { path: new RegExp(`^/v2/${NAME}/tags/list$`), answers: { GET: listTags } },
  {
    path: new RegExp(`^/v2/${NAME}/manifests/(\\w[\\w.-]{0,127}|${DIGEST})$`),
    answers: { GET: giveManifest, HEAD: giveManifest, PUT: takeManifest, DELETE: removeManifest },
  },
  { path: new RegExp(`^/v2/${NAME}/blobs/uploads/?$`), answers: { POST: beginUpload } },
  {
    path: new RegExp(`^/v2/${NAME}/blobs/uploads/([0-9a-f-]{36})$`),
    answers: { GET: tellUpload, PATCH: continueUpload, PUT: finishUpload, DELETE: dropUpload },
  },
  {
    path: new RegExp(`^/v2/${NAME}/blobs/(${DIGEST})$`),
    answers: { GET: giveBlob, HEAD: giveBlob, DELETE: removeBlob },
  },
];

export function openOwnRegistry(folder: string): RegistryServer {
  const repositories = openRepositories(folder);
  const uploads = openUploads(join(folder, 'uploads'));
  return {
    name: 'Slipway’s own registry',
    answer: async (asked) => {
      const { request } = asked;
      const url = new URL(request.url ?? '/', 'http://registry');
      const route = ROUTES.find(({ path }) => path.test(url.pathname));
      const [, name = '', reference = ''] = route?.path.exec(url.pathname) ?? [];
      if (route === undefined) throw new Refusal('NAME_INVALID', `${url.pathname} names nothing here`);
      const answer = route.answers[request.method ?? ''];
      if (answer === undefined) throw new Refusal('UNSUPPORTED', `${request.method} is not done here`);
      await answer({ ...asked, query: url.searchParams, name, reference, repositories, uploads });
    },
    close: () => uploads.close(),
  };
}

async function listRepositories(call: Call): Promise<void> {
  page(call, 'repositories', await call.repositories.names(), {});
}

async function listTags(call: Call): Promise<void> {
  const tags = await call.repositories.tags(call.name);
  if (tags === null) throw new Refusal('NAME_UNKNOWN', `there is no repository ${call.name}`);
  page(call, 'tags', tags, { name: call.name });
}

/** As many as are wanted, and where the rest is. */
function page({ response, request, query }: Call, key: string, all: readonly string[], more: object): void {
  const last = query.get('last') ?? '';
  const rest = all.filter((item) => item > last);
  const shown = rest.slice(0, Number(query.get('n') ?? 100) || 100);
  if (shown.length < rest.length) {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const next = new URLSearchParams({ n: String(shown.length), last: shown.at(-1) ?? '' });
    response.setHeader('link', `<${path}?${next.toString()}>; rel="next"`);
  }
  send(response, 200, 'application/json', Buffer.from(JSON.stringify({ ...more, [key]: shown })));
}

async function giveManifest({ response, name, reference, repositories }: Call): Promise<void> {
  const { digest, mediaType, content } = await repositories.manifest(name, reference);
  response.setHeader('docker-content-digest', digest);
  response.setHeader('etag', `"${digest}"`);
  send(response, 200, mediaType, content);
}

async function takeManifest({ request, body, response, name, reference, repositories }: Call): Promise<void> {
  const content = await whole(body);
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  if (reference.startsWith('sha256:') && reference !== digest)
    throw new Refusal('DIGEST_INVALID', `its digest is ${digest}, not ${reference}`);
  const { blobs, manifests, mediaType } = partsOf(content);
  for (const blob of blobs)
    if ((await repositories.blobSize(name, blob)) === null)
      throw new Refusal('MANIFEST_BLOB_UNKNOWN', `${name} has no blob ${blob}`);
  for (const manifest of manifests) await repositories.manifest(name, manifest);
  const type = request.headers['content-type'] ?? mediaType;
  await repositories.putManifest(name, reference, { digest, mediaType: type, content });
  response.setHeader('location', `/v2/${name}/manifests/${digest}`);
  response.setHeader('docker-content-digest', digest);
  send(response, 201);
}

/** The blobs and manifests that a manifest names. One for foreign layers, which lie elsewhere, is not asked for here. */
function partsOf(content: Buffer): { blobs: string[]; manifests: string[]; mediaType: string } {
  let manifest: { [key: string]: unknown };
  try {
    manifest = JSON.parse(content.toString('utf8')) as { [key: string]: unknown };
  } catch (cause) {
    throw Object.assign(new Refusal('MANIFEST_INVALID', 'the manifest is not JSON'), { cause });
  }
  const digestsIn = (value: unknown): string[] =>
    (Array.isArray(value) ? value : [value]).flatMap((item: unknown) =>
      typeof item === 'object' && item !== null && 'digest' in item && !('urls' in item)
        ? [String(item.digest)]
        : [],
    );
  const type = manifest['mediaType'];
  return {
    blobs: [...digestsIn(manifest['config']), ...digestsIn(manifest['layers'])],
    manifests: digestsIn(manifest['manifests']),
    mediaType: typeof type === 'string' ? type : 'application/vnd.oci.image.manifest.v1+json',
  };
}

async function removeManifest({ response, name, reference, repositories }: Call): Promise<void> {
  await repositories.removeManifest(name, reference);
  send(response, 202);
}

async function giveBlob({ request, response, name, reference, repositories }: Call): Promise<void> {
  const size = await repositories.blobSize(name, reference);
  if (size === null) throw new Refusal('BLOB_UNKNOWN', `${name} has no blob ${reference}`);
  response.setHeader('docker-content-digest', reference);
  response.setHeader('accept-ranges', 'bytes');
  const [, from = ''] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const start = from === '' || Number(from) >= size ? 0 : Number(from);
  if (start > 0) response.setHeader('content-range', `bytes ${start}-${size - 1}/${size}`);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': size - start,
  });
  if (request.method === 'HEAD' || size === 0) response.end();
  else await pipeline(createReadStream(repositories.blobPath(reference), { start }), response);
}

async function removeBlob({ response, name, reference, repositories }: Call): Promise<void> {
  if ((await repositories.blobSize(name, reference)) === null)
    throw new Refusal('BLOB_UNKNOWN', `${name} has no blob ${reference}`);
  await repositories.unlink(name, reference);
  send(response, 202);
}

async function beginUpload(call: Call): Promise<void> {
  const { body, response, name, query, repositories, uploads } = call;
  const mount = query.get('mount') ?? '';
  const from = query.get('from') ?? '';
  if (mount !== '' && from !== '' && (await repositories.blobSize(from, mount)) !== null) {
    await repositories.link(name, mount);
    return created(response, name, mount);
  }
  const id = await uploads.begin();
  const digest = query.get('digest');
  if (digest !== null) {
    await uploads.append(id, body, null);
    return keep(call, id, digest);
  }
  accepted(response, name, id, 0);
}

async function continueUpload({ request, body, response, name, reference, uploads }: Call): Promise<void> {
  accepted(response, name, reference, await uploads.append(reference, body, beginOf(request)));
}

async function finishUpload(call: Call): Promise<void> {
  const { request, body, query, reference, uploads } = call;
  await uploads.append(reference, body, beginOf(request));
  await keep(call, reference, query.get('digest') ?? '');
}

async function keep({ response, name, repositories, uploads }: Call, id: string, digest: string) {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new Refusal('DIGEST_INVALID', `${digest} is not the digest of a blob`);
  await uploads.finish(id, digest, repositories.blobPath(digest));
  await repositories.link(name, digest);
  created(response, name, digest);
}

async function tellUpload({ response, name, reference, uploads }: Call): Promise<void> {
  accepted(response, name, reference, uploads.size(reference), 204);
}

async function dropUpload({ response, reference, uploads }: Call): Promise<void> {
  await uploads.drop(reference);
  send(response, 204);
}

function beginOf(request: IncomingMessage): number | null {
  const [, from] = /^(?:bytes )?(\d+)-\d+/.exec(request.headers['content-range'] ?? '') ?? [];
  return from === undefined ? null : Number(from);
}

function accepted(response: ServerResponse, name: string, id: string, size: number, status = 202): void {
  response.setHeader('location', `/v2/${name}/blobs/uploads/${id}`);
  response.setHeader('docker-upload-uuid', id);
  response.setHeader('range', `0-${Math.max(0, size - 1)}`);
  send(response, status);
}

function created(response: ServerResponse, name: string, digest: string): void {
  response.setHeader('location', `/v2/${name}/blobs/${digest}`);
  response.setHeader('docker-content-digest', digest);
  send(response, 201);
}

async function json({ response }: Call, value: object): Promise<void> {
  send(response, 200, 'application/json', Buffer.from(JSON.stringify(value)));
}

function send(response: ServerResponse, status: number, type = '', body: Buffer = Buffer.alloc(0)): void {
  if (type !== '') response.setHeader('content-type', type);
  if (status !== 204) response.setHeader('content-length', body.length);
  response.writeHead(status).end(body);
}

async function whole(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > MAX_MANIFEST) throw new Refusal('SIZE_INVALID', 'the manifest is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
