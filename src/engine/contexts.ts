import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TlsSettings } from './endpoint-text.ts';

/**
 * The docker CLI's contexts: names for engines, kept as files. Layout from cli `cli/context/store`: a folder per
 * context, named by the SHA-256 of its name: `contexts/meta/<sha>/meta.json`, `contexts/tls/<sha>/docker/*.pem`.
 */
export type Context = { name: string; host: string; tls: TlsSettings | null };

/** The context that stands for `DOCKER_HOST` or the default socket; it has no files. */
export const DEFAULT_CONTEXT = 'default';

/** A file of the docker CLI that is there and cannot be used. `message` names it. */
export class ContextError extends Error {
  override readonly name = 'ContextError';
  readonly kind: 'missing' | 'denied' | 'protocol';

  constructor(kind: 'missing' | 'denied' | 'protocol', message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.kind = kind;
  }
}

/** The docker CLI's own folder. */
export function dockerConfigDir(env: NodeJS.ProcessEnv, home: string): string {
  return env['DOCKER_CONFIG'] || join(home, '.docker');
}

/** The context that `docker context use` has set; `default` where none was. Throws `ContextError`. */
export async function currentContextName(configDir: string): Promise<string> {
  const path = join(configDir, 'config.json');
  const text = await textOf(path);
  if (text === null) return DEFAULT_CONTEXT;
  const name = field(parsed(text, path), 'currentContext');
  return typeof name === 'string' && name !== '' ? name : DEFAULT_CONTEXT;
}

/** Where a context leads. Throws `ContextError`, which names the contexts that exist when this one does not. */
export async function readContext(configDir: string, name: string): Promise<Context> {
  const sha = createHash('sha256').update(name).digest('hex');
  const path = join(configDir, 'contexts', 'meta', sha, 'meta.json');
  const text = await textOf(path);
  if (text === null) throw await unknownContext(configDir, name);
  const docker = field(field(parsed(text, path), 'Endpoints'), 'docker');
  const host = field(docker, 'Host');
  if (typeof host !== 'string' || host === '') {
    throw new ContextError('protocol', `context “${name}” names no docker host (${path})`);
  }
  const skipVerify = field(docker, 'SkipTLSVerify') === true;
  const certificates = await readCertificates(join(configDir, 'contexts', 'tls', sha, 'docker'));
  const tls =
    certificates === null && !skipVerify ? null : { ...(certificates ?? NONE), verify: !skipVerify };
  return { name, host, tls };
}

export type Certificates = { ca: string | null; cert: string | null; key: string | null };

const NONE: Certificates = { ca: null, cert: null, key: null };

/** `ca.pem`, `cert.pem` and `key.pem` as far as they are there; null where none is. Throws `ContextError`. */
export async function readCertificates(folder: string): Promise<Certificates | null> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((file) => textOf(join(folder, file))),
  );
  const found = { ca: ca ?? null, cert: cert ?? null, key: key ?? null };
  return found.ca === null && found.cert === null && found.key === null ? null : found;
}

async function unknownContext(configDir: string, name: string): Promise<ContextError> {
  const names = [DEFAULT_CONTEXT, ...(await contextNames(configDir))];
  return new ContextError('missing', `there is no context “${name}”; there are: ${names.join(', ')}`);
}

/** Names of the contexts that can be read, sorted; only for telling the person, so the others are left out. */
async function contextNames(configDir: string): Promise<string[]> {
  const folder = join(configDir, 'contexts', 'meta');
  const entries = await readdir(folder).catch(() => []);
  const names = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry, 'meta.json');
      const text = await textOf(path).catch(() => null);
      return text === null ? undefined : field(parsedOrNull(text), 'Name');
    }),
  );
  return names.filter((name) => typeof name === 'string').toSorted();
}

/** Null where there is no such file. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const denied = code === 'EACCES' || code === 'EPERM';
    const why = denied ? 'permission denied' : cause instanceof Error ? cause.message : String(cause);
    throw new ContextError(denied ? 'denied' : 'protocol', `cannot read ${path}: ${why}`, { cause });
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ContextError('protocol', `${path} is not JSON`, { cause });
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
