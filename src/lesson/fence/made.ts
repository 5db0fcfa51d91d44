import { bareId } from '../../engine/object-id.ts';
import { shortImageName } from '../../engine/image-name.ts';
import type { WireCall } from '../../wire/wire-call.ts';
import { differences, type Baseline } from './baseline.ts';

/**
 * What is known to have been made by commands of ours although no label says so, or although a label alone proves
 * nothing. Plain texts, so that they can be kept: `container:ID`, `image:ID`, `tag:site:1`, `volume:notes`,
 * `service:ID`, `swarm:ID`.
 */
export type Made = ReadonlySet<string>;

export function madeContainer(id: string): string {
  return `container:${id}`;
}

export function madeImage(id: string): string {
  return `image:${bareId(id)}`;
}

export function madeTag(tag: string): string {
  return `tag:${tag}`;
}

export function madeVolume(name: string): string {
  return `volume:${name}`;
}

export function madeService(id: string): string {
  return `service:${id}`;
}

/** By the id of the engine in it. */
export function madeSwarm(node: string): string {
  return `swarm:${node}`;
}

export function hasBegunSwarm(made: Made): boolean {
  return [...made].some((one) => one.startsWith(madeSwarm('')));
}

/** Images and tags that appeared while a command of ours ran: those of a build carry no label. */
export function madeBetween(before: Baseline, after: Baseline): string[] {
  return differences(before, after).flatMap(({ kind, id, change }) => {
    if (change === 'gone') return [];
    if (kind === 'image') return [madeImage(id)];
    return kind === 'tag' ? [madeTag(id)] : [];
  });
}

type Ended = Pick<WireCall, 'method' | 'path' | 'query' | 'status' | 'request' | 'response'>;

/**
 * What a call over the wire made: the container of a `create` (an image that was committed hands its label on, so the
 * label alone does not prove it), the volumes that it names (they get no label), the image of a commit, the names of a
 * build, a tag, a service, a swarm that was begun (one that was joined is of others).
 */
export function madeByCall(call: Ended): string[] {
  if (call.method !== 'POST' || call.status === null || call.status >= 300) return [];
  if (/^(?:\/libpod)?\/containers\/create$/.test(call.path)) return madeByCreate(call);
  if (/^(?:\/libpod)?\/commit$/.test(call.path)) return madeByCommit(call);
  if (/^(?:\/libpod)?\/images\/.+\/tag$/.test(call.path)) return tagsIn(call);
  if (/^(?:\/libpod)?\/build$/.test(call.path)) return builtTags(call);
  if (call.path === '/services/create') return known(madeService, textIn(parsed(call.response), 'ID'));
  if (call.path === '/swarm/init') return known(madeSwarm, parsed(call.response));
  return [];
}

function known(made: (id: string) => string, id: unknown): string[] {
  return typeof id === 'string' && id !== '' ? [made(id)] : [];
}

function madeByCreate({ request, response }: Ended): string[] {
  const id = textIn(parsed(response), 'Id');
  const volumes = volumesNamed(parsed(request));
  return [...(id === '' ? [] : [madeContainer(id)]), ...volumes.map(madeVolume)];
}

function madeByCommit(call: Ended): string[] {
  const id = textIn(parsed(call.response), 'Id');
  return [...(id === '' ? [] : [madeImage(id)]), ...tagsIn(call)];
}

/** `docker build -t` may name several; their images are known by them. */
function builtTags({ query }: Ended): string[] {
  return new URLSearchParams(query).getAll('t').map((tag) => madeTag(shortImageName(withTag(tag))));
}

function withTag(name: string): string {
  return /:[^/:]+$/.test(name) ? name : `${name}:latest`;
}

function tagsIn({ query }: Ended): string[] {
  const fields = new URLSearchParams(query);
  const repository = fields.get('repo') ?? '';
  if (repository === '') return [];
  return [madeTag(shortImageName(`${repository}:${fields.get('tag') || 'latest'}`))];
}

/** Of `-v notes:/n` and `--mount type=volume`, in Docker's words and in those of podman's own API. */
function volumesNamed(body: unknown): string[] {
  const host = fieldIn(body, 'HostConfig');
  const binds = listIn(host, 'Binds').flatMap((bind) =>
    typeof bind === 'string' ? [bind.split(':')[0] ?? ''] : [],
  );
  const mounts = [...listIn(host, 'Mounts'), ...listIn(body, 'mounts')]
    .filter((mount) => (textIn(mount, 'Type') || textIn(mount, 'type')) === 'volume')
    .map((mount) => textIn(mount, 'Source') || textIn(mount, 'source'));
  const podmans = listIn(body, 'volumes').map((volume) => textIn(volume, 'Name'));
  return [...binds, ...mounts, ...podmans].filter((name) => /^[a-zA-Z0-9][\w.-]*$/.test(name));
}

function parsed(body: Ended['request']): unknown {
  if (body === null || body.cut) return null;
  try {
    return JSON.parse(body.text) as unknown;
  } catch {
    // A body that is no JSON says nothing of what was made; the label and the mounts still do.
    return null;
  }
}

function fieldIn(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function textIn(value: unknown, key: string): string {
  const field = fieldIn(value, key);
  return typeof field === 'string' ? field : '';
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const field = fieldIn(value, key);
  return Array.isArray(field) ? field : [];
}
