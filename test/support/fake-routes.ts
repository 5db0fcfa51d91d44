import type { IncomingMessage, ServerResponse } from 'node:http';
import { addContainer, addNetwork, addVolume, fakeId, setContainerState } from './fake-state.ts';
import { fail, json, text } from './fake-hub.ts';
import type { Exchange, FakeHub } from './fake-hub.ts';
import type { RawRow } from './fake-state.ts';
import { logs, stats, watch } from './fake-streams.ts';

type Route = [method: string, path: RegExp, answer: (exchange: Exchange) => void];

const ROUTES: readonly Route[] = [
  ['GET', /^\/_ping$/, ({ response }) => text(response, 200, 'OK')],
  [
    'GET',
    /^\/version$/,
    ({ hub, response }) => json(response, { Version: 'fake-1', Arch: 'amd64', ApiVersion: hub.apiVersion }),
  ],
  ['GET', /^\/info$/, ({ response }) => json(response, INFO)],
  ['GET', /^\/events$/, watch],
  [
    'GET',
    /^\/system\/df$/,
    ({ hub, response }) =>
      json(response, {
        Volumes: [...hub.state.volumes.values()].map((volume) => ({
          ...volume,
          UsageData: { Size: 10, RefCount: 0 },
        })),
      }),
  ],
  ['GET', /^\/containers\/json$/, (exchange) => list(exchange, exchange.hub.state.containers, 'id')],
  ['GET', /^\/images\/json$/, (exchange) => list(exchange, exchange.hub.state.images, 'id')],
  ['GET', /^\/networks$/, (exchange) => list(exchange, exchange.hub.state.networks, 'id')],
  ['GET', /^\/volumes$/, (exchange) => list(exchange, exchange.hub.state.volumes, 'name')],
  ['GET', /^\/containers\/([^/]+)\/json$/, (exchange) => inspect(exchange, exchange.hub.state.containers)],
  ['GET', /^\/images\/([^/]+)\/json$/, (exchange) => inspect(exchange, exchange.hub.state.images)],
  ['GET', /^\/networks\/([^/]+)$/, (exchange) => inspect(exchange, exchange.hub.state.networks)],
  ['GET', /^\/volumes\/([^/]+)$/, (exchange) => inspect(exchange, exchange.hub.state.volumes)],
  ['GET', /^\/containers\/([^/]+)\/logs$/, logs],
  ['GET', /^\/containers\/([^/]+)\/stats$/, stats],
  ['POST', /^\/containers\/create$/, create],
  [
    'POST',
    /^\/containers\/([^/]+)\/(?:start|unpause|restart)$/,
    (exchange) => change(exchange, 'running', 'start'),
  ],
  ['POST', /^\/containers\/([^/]+)\/(?:stop|kill)$/, (exchange) => change(exchange, 'exited', 'die')],
  ['POST', /^\/containers\/([^/]+)\/pause$/, (exchange) => change(exchange, 'paused', 'pause')],
  ['POST', /^\/containers\/([^/]+)\/rename$/, rename],
  [
    'DELETE',
    /^\/containers\/([^/]+)$/,
    (exchange) => remove(exchange, exchange.hub.state.containers, 'container'),
  ],
  ['DELETE', /^\/images\/([^/]+)$/, (exchange) => remove(exchange, exchange.hub.state.images, 'image')],
  ['POST', /^\/volumes\/create$/, createVolume],
  ['DELETE', /^\/volumes\/([^/]+)$/, (exchange) => remove(exchange, exchange.hub.state.volumes, 'volume')],
  ['POST', /^\/networks\/create$/, createNetwork],
  ['DELETE', /^\/networks\/([^/]+)$/, (exchange) => remove(exchange, exchange.hub.state.networks, 'network')],
];

const INFO = {
  Driver: 'overlay2',
  CgroupVersion: '2',
  OperatingSystem: 'Fake Linux',
  DockerRootDir: '/fake',
  NCPU: 2,
  MemTotal: 8_000_000_000,
};

export async function answerFake(
  hub: FakeHub,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { version, path, query } = parseUrl(request.url ?? '');
  response.setHeader('api-version', hub.apiVersion);
  if (hub.family === 'podman') response.setHeader('libpod-api-version', '4.3.1');
  if (version !== null && version < minor(hub.minApiVersion))
    return fail(
      response,
      400,
      `client version 1.${version} is too old. Minimum supported API version is ${hub.minApiVersion}`,
    );
  for (const [method, pattern, answer] of ROUTES) {
    const match = request.method === method ? pattern.exec(path) : null;
    if (match === null) continue;
    const body = await readJson(request);
    return answer({
      hub,
      request,
      response,
      id: resolve(hub, decodeURIComponent(match[1] ?? '')),
      query,
      body,
    });
  }
  fail(response, 404, 'page not found');
}

function parseUrl(url: string): { version: number | null; path: string; query: URLSearchParams } {
  const [, version, path = '', query = ''] = /^(?:\/v1\.(\d+))?([^?]*)\??(.*)$/.exec(url) ?? [];
  return { version: version === undefined ? null : Number(version), path, query: new URLSearchParams(query) };
}

function minor(version: string): number {
  return Number(version.split('.')[1]);
}

/** A container may be named in place of its id. */
function resolve({ state }: FakeHub, given: string): string {
  const entries = [...state.containers];
  return entries.find(([, row]) => nameOf(row) === given)?.[0] ?? given;
}

function nameOf(row: RawRow | undefined): string {
  const names = row?.['Names'];
  return Array.isArray(names)
    ? String(names[0]).slice(1)
    : typeof row?.['Name'] === 'string'
      ? row['Name']
      : '';
}

function list({ response, query, request }: Exchange, rows: Map<string, RawRow>, key: string): void {
  const wanted = (JSON.parse(query.get('filters') ?? '{}') as Record<string, string[] | undefined>)[key];
  const found = wanted === undefined ? [...rows.values()] : wanted.flatMap((id) => rows.get(id) ?? []);
  json(response, request.url?.includes('/volumes') ? { Volumes: found, Warnings: null } : found);
}

function inspect({ response, id }: Exchange, rows: Map<string, RawRow>): void {
  const row = rows.get(id);
  if (row === undefined) return fail(response, 404, `No such thing: ${id}`);
  json(response, { ...row, RootFS: { Layers: ['sha256:a', 'sha256:b'] } });
}

function create({ hub, response, query, body }: Exchange): void {
  const name = query.get('name') ?? `made-${hub.state.containers.size}`;
  const id = fakeId(`container ${name}`);
  if (hub.state.containers.has(id))
    return fail(response, 409, `The container name "/${name}" is already in use`);
  const image = String(body['Image']);
  const hasImage = [...hub.state.images.values()].some(
    ({ RepoTags }) => Array.isArray(RepoTags) && RepoTags.includes(image),
  );
  if (!hasImage) return fail(response, 404, `No such image: ${image}`);
  addContainer(hub.state, name, image);
  tell(hub, 'container', 'create', id);
  json(response, { Id: id, Warnings: [] }, 201);
}

function change({ hub, response, id }: Exchange, state: string, action: string): void {
  if (!hub.state.containers.has(id)) return fail(response, 404, `No such container: ${id}`);
  setContainerState(hub.state, id, state);
  tell(hub, 'container', action, id);
  response.writeHead(204).end();
}

function rename({ hub, response, id, query }: Exchange): void {
  const row = hub.state.containers.get(id);
  if (row === undefined) return fail(response, 404, `No such container: ${id}`);
  row['Names'] = [`/${query.get('name')}`];
  tell(hub, 'container', 'rename', id);
  response.writeHead(204).end();
}

type FakeKind = 'container' | 'image' | 'volume' | 'network';

function remove({ hub, response, id, query }: Exchange, rows: Map<string, RawRow>, kind: FakeKind): void {
  const row = rows.get(id);
  if (row === undefined) return fail(response, 404, `No such ${kind}: ${id}`);
  const isBusy = row['State'] === 'running' && query.get('force') !== 'true';
  if (isBusy) return fail(response, 409, 'You cannot remove a running container');
  rows.delete(id);
  tell(hub, kind, kind === 'image' ? 'delete' : 'destroy', id, nameOf(row));
  if (kind === 'image') json(response, [{ Deleted: id }]);
  else response.writeHead(204).end();
}

function createVolume({ hub, response, body }: Exchange): void {
  const name = addVolume(hub.state, String(body['Name']));
  tell(hub, 'volume', 'create', name);
  json(response, hub.state.volumes.get(name), 201);
}

function createNetwork({ hub, response, body }: Exchange): void {
  const name = String(body['Name']);
  const exists = [...hub.state.networks.values()].some((row) => row['Name'] === name);
  if (exists) return fail(response, 409, `network with name ${name} already exists`);
  const id = addNetwork(hub.state, name);
  tell(hub, 'network', 'create', id);
  json(response, { Id: id, Warning: '' }, 201);
}

function tell(hub: FakeHub, kind: FakeKind, action: string, id: string, name?: string): void {
  const rows = hub.state[`${kind}s`];
  hub.emit({
    Type: kind,
    Action: action,
    Actor: { ID: id, Attributes: { name: name ?? nameOf(rows.get(id)) } },
  });
}

async function readJson(request: IncomingMessage): Promise<RawRow> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const said = Buffer.concat(chunks).toString();
  return said.startsWith('{') ? (JSON.parse(said) as RawRow) : {};
}
