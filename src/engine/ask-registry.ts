import type { ClientRequest, IncomingMessage } from 'node:http';
import { cleanText } from './clean-text.ts';
import { cancelled } from './connection-error.ts';
import { EngineError } from './errors.ts';
import { looseRow } from './fields.ts';
import { firstBytes } from './first-bytes.ts';

/** How Slipway calls itself there: its own questions are nobody's pulls. */
export const CATALOGUE_READER = 'slipway-catalogue';

/** A registry on this machine answers in milliseconds; one that does not is none. */
const ANSWER_WITHIN = 1500;
const MAX_BODY = 256 * 1024;

/** A manifest's kinds: for others a registry would make up an old one, with a digest of its own. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** A host with its port, or this machine. */
const ADDRESS = /^(?:[a-z0-9.-]+:\d{1,5}|\[[0-9a-f:]+\]:\d{1,5}|localhost|127(?:\.\d{1,3}){3})$/i;
/** As the distribution specification allows: lower case, with slashes. */
const REPOSITORY = /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;

/** Empty texts are not asked for. */
export type RegistryQuestion = { repository: string; tag: string; signal?: AbortSignal | undefined };
/**
 * Tags by repository. One that is not there is left out, and the others of the registry stand in its place, without
 * their tags. `digest` is null for a tag that is not there, or was not asked for.
 */
export type RegistryAnswer = {
  repositories: Readonly<Record<string, readonly string[]>>;
  digest: string | null;
};

/** Asks a registry over plain HTTP; null where none answers. Throws `EngineError`: what it refuses, and what is no address. */
export async function askRegistry(
  address: string,
  { repository, tag, signal }: RegistryQuestion,
): Promise<RegistryAnswer | null> {
  if (!ADDRESS.test(address)) throw unusable('address', address);
  if (repository !== '' && !REPOSITORY.test(repository)) throw unusable('repository', repository);
  if (tag !== '' && !TAG.test(tag)) throw unusable('tag', tag);
  const root = await ask(address, 'GET', '/v2/', signal);
  // 401: a registry that wants to know who asks.
  if (root === null || ![200, 401].includes(root.status)) return null;
  if (repository === '') return { repositories: {}, digest: null };
  const [tags, digest] = await Promise.all([
    tagsOf(address, repository, signal),
    tag === '' ? null : digestOf(address, repository, tag, signal),
  ]);
  return { repositories: tags === null ? await others(address, signal) : { [repository]: tags }, digest };
}

/** Null for a repository that is not there. */
async function tagsOf(address: string, repository: string, signal: Signal): Promise<string[] | null> {
  const reply = await ask(address, 'GET', `/v2/${repository}/tags/list?n=1000`, signal);
  if (reply?.status === 404) return null;
  if (reply?.status !== 200) throw refused(reply);
  return textsIn(reply.body, 'tags');
}

/** A registry need not have a catalogue. */
async function others(address: string, signal: Signal): Promise<Record<string, string[]>> {
  const reply = await ask(address, 'GET', '/v2/_catalog?n=100', signal);
  const names = reply?.status === 200 ? textsIn(reply.body, 'repositories') : [];
  return Object.fromEntries(names.map((name) => [name, []]));
}

export function textsIn(body: string, key: string): string[] {
  const list = looseRow(parse(body))[key];
  return Array.isArray(list) ? list.map((item) => cleanText(String(item))) : [];
}

async function digestOf(
  address: string,
  repository: string,
  tag: string,
  signal: Signal,
): Promise<string | null> {
  const reply = await ask(address, 'HEAD', `/v2/${repository}/manifests/${tag}`, signal);
  if (reply?.status === 404) return null;
  if (reply?.status !== 200) throw refused(reply);
  const digest = reply.headers['docker-content-digest'];
  return typeof digest === 'string' ? cleanText(digest) : null;
}

type Signal = AbortSignal | undefined;
type Reply = { status: number; headers: IncomingMessage['headers']; body: string };

/** Null where nobody answers, or not with HTTP. Nothing is followed elsewhere. */
export async function ask(
  address: string,
  method: 'GET' | 'HEAD',
  path: string,
  signal: Signal,
): Promise<Reply | null> {
  const limit = AbortSignal.timeout(ANSWER_WITHIN);
  const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  try {
    const response = await send(address, method, path, both);
    const body = (await firstBytes(response, MAX_BODY)).toString('utf8');
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    if (signal?.aborted) throw cancelled();
    // A connection that could not be made, or broke: there is nobody.
    if (error instanceof EngineError || isNodeError(error)) return null;
    throw error;
  }
}

function send(address: string, method: string, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  const http = process.getBuiltinModule('node:http');
  return new Promise((resolve, reject) => {
    const accept = path.includes('/manifests/') ? MANIFESTS : 'application/json';
    const headers = { accept, 'user-agent': CATALOGUE_READER };
    const options = { method, headers, signal, agent: false } as const;
    const request: ClientRequest = http.request(new URL(`http://${address}${path}`), options);
    request.on('response', resolve);
    request.on('error', reject);
    request.end();
  });
}

function isNodeError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

export function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw new EngineError('protocol', 'the registry’s answer is not JSON', { cause });
  }
}

export function refused(reply: Reply | null): EngineError {
  if (reply === null) return new EngineError('protocol', 'the registry broke off');
  const wantsLogin = reply.status === 401 || reply.status === 403;
  return new EngineError('rejected', `the registry answered with HTTP status ${reply.status}`, {
    advice: wantsLogin ? 'It wants a login; a lesson’s registry has to answer without.' : '',
  });
}

function unusable(what: string, value: string): EngineError {
  return new EngineError('rejected', `“${cleanText(value)}” cannot be the ${what} of a registry`, {
    advice: what === 'address' ? 'It has to be host:port, as 127.0.0.1:5000.' : '',
  });
}
