import { resolve } from 'node:path';
import {
  ContextError,
  DEFAULT_CONTEXT,
  currentContextName,
  dockerConfigDir,
  readCertificates,
  readContext,
} from '../contexts.ts';
import { formatHost, parseHost } from '../endpoint-text.ts';
import type { TlsSettings } from '../endpoint-text.ts';
import type { Candidate, Route } from './route.ts';
import { homePath, systemPath } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/**
 * The ways in which a person says which engine is meant. Order as in the docker CLI (`resolveContextName`): flags,
 * DOCKER_HOST, DOCKER_CONTEXT, the context in use; CONTAINER_HOST is podman's own variable.
 */
export const EXPLICIT_ROUTES: readonly Route[] = [
  explicitRoute('flag-host', '--host', ({ flags }) => flags.host, hostOf('--host')),
  explicitRoute('flag-context', '--context', ({ flags }) => flags.context, contextOf('--context')),
  explicitRoute('env-host', 'DOCKER_HOST', ({ env }) => env['DOCKER_HOST'], hostOf('DOCKER_HOST')),
  explicitRoute(
    'env-context',
    'DOCKER_CONTEXT',
    ({ env }) => env['DOCKER_CONTEXT'],
    contextOf('DOCKER_CONTEXT'),
  ),
  explicitRoute('context', 'current docker context', () => 'current', currentContext),
  explicitRoute(
    'container-host',
    'CONTAINER_HOST',
    ({ env }) => env['CONTAINER_HOST'],
    hostOf('CONTAINER_HOST'),
  ),
];

type Resolve = (value: string, s: Surroundings) => Promise<Candidate[]>;

function explicitRoute(
  id: string,
  label: string,
  value: (s: Surroundings) => string | undefined,
  resolveValue: Resolve,
): Route {
  return {
    id,
    label,
    explicit: true,
    find: async (s) => {
      const given = value(s);
      // An empty variable counts as unset, as for the docker CLI; an empty flag is a mistake.
      if (given === undefined || (given === '' && !label.startsWith('--'))) return [];
      return resolveValue(given, s);
    },
    start:
      id === 'context'
        ? 'Start that engine, or choose another: docker context use NAME.'
        : `Start that engine, or go without ${label} to let Slipway look for others.`,
    denied: 'Your user may not use that socket.',
    signs: [],
    inMachine: false,
  };
}

function hostOf(from: string): Resolve {
  return async (value, s) => {
    if (from === '--host' && s.flags.context !== undefined) throw bothFlags();
    const tls = /^\s*tcp:/i.test(value) ? await environmentTls(s) : null;
    return [candidate(value, from, tls)];
  };
}

function contextOf(from: string): Resolve {
  return async (name, s) => {
    if (name === DEFAULT_CONTEXT) return defaultContext(s);
    try {
      return [await leadingTo(name, s, from)];
    } catch (error) {
      throw asUsageError(error, from, `${from} “${name}” cannot be used`);
    }
  };
}

/**
 * Nobody typed this name just now, so what is wrong with it is a reason beside the route, not a usage error. Where the
 * config file itself cannot be read there is no choice to follow; the route `docker-config` tells about it.
 */
async function currentContext(_value: string, s: Surroundings): Promise<Candidate[]> {
  const configDir = dockerConfigDir(s.env, s.home);
  const name = await currentContextName(configDir).catch(() => DEFAULT_CONTEXT);
  if (name === DEFAULT_CONTEXT) return [];
  const label = `docker context “${name}”`;
  try {
    return [{ ...(await leadingTo(name, s, label)), label }];
  } catch (error) {
    if (!(error instanceof ContextError || error instanceof UsageError)) throw error;
    const kind = error instanceof ContextError ? error.kind : 'protocol';
    const advice = 'Use another one (docker context use default), or name the engine with --host.';
    return [{ host: name, label, failed: { ok: false, kind, why: error.message, advice } }];
  }
}

async function leadingTo(name: string, s: Surroundings, from: string): Promise<Candidate> {
  const context = await readContext(dockerConfigDir(s.env, s.home), name);
  return candidate(context.host, from, context.tls);
}

/** `default` has no files: it is DOCKER_HOST, else the platform's usual place. */
async function defaultContext(s: Surroundings): Promise<Candidate[]> {
  const host = s.env['DOCKER_HOST'];
  if (host) return hostOf('DOCKER_HOST')(host, s);
  const usual =
    s.platform === 'win32'
      ? 'npipe:////./pipe/docker_engine'
      : `unix://${systemPath(s, '/var/run/docker.sock')}`;
  return [candidate(usual, '--context', null)];
}

function candidate(text: string, from: string, tls: TlsSettings | null): Candidate {
  const to = parseHost(text, { from, tls });
  return { host: formatHost(to), to };
}

/** As the docker CLI: DOCKER_TLS_VERIFY (not empty) checks the server, DOCKER_TLS alone only encrypts. */
async function environmentTls(s: Surroundings): Promise<TlsSettings | null> {
  const verify = Boolean(s.env['DOCKER_TLS_VERIFY']);
  if (!verify && !s.env['DOCKER_TLS']) return null;
  const given = s.env['DOCKER_CERT_PATH'];
  const folder = given ? resolve(given) : homePath(s, '.docker');
  try {
    const certificates = await readCertificates(folder);
    if (certificates === null && given)
      throw new ContextError('missing', `no ca.pem, cert.pem or key.pem in ${folder}`);
    return { ca: null, cert: null, key: null, ...certificates, verify };
  } catch (error) {
    throw asUsageError(error, 'DOCKER_CERT_PATH', 'DOCKER_CERT_PATH cannot be used');
  }
}

function asUsageError(error: unknown, from: string, what: string): unknown {
  if (!(error instanceof ContextError)) return error;
  return new UsageError(from, `${what}: ${error.message}.`, [], { cause: error });
}

function bothFlags(): UsageError {
  return new UsageError('--host', '--host and --context both name an engine: give only one of them.', []);
}
