import { apiPath } from './api-path.ts';
import type { Client } from './client.ts';
import type { ContainerDetails } from './engine.ts';
import { EngineError } from './errors.ts';
import * as field from './fields.ts';
import type { Row } from './fields.ts';
import { shortImageName } from './image-name.ts';
import { CONTAINER_STATES } from './objects.ts';
import type { Mount, Port } from './objects.ts';
import { readMount } from './read-container.ts';

/** What `inspect` says of a container, in our words. */
export async function containerDetails(
  client: Client,
  id: string,
  signal?: AbortSignal,
): Promise<ContainerDetails> {
  const raw = await client.json({ path: apiPath`/containers/${id}/json`, signal });
  return readable(() => readDetails(field.row(raw, 'the container')));
}

/** A field that is missing is a protocol error where the whole answer is about one thing. */
export function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof field.UnreadableField)) throw cause;
    throw new EngineError('protocol', `the engine’s answer cannot be read: ${cause.message}`, { cause });
  }
}

function readDetails(raw: Row): ContainerDetails {
  const state = field.optionalRow(raw['State']);
  const config = field.optionalRow(raw['Config']);
  const host = field.optionalRow(raw['HostConfig']);
  const status = field.text(state, 'Status').toLowerCase();
  return {
    id: field.name(raw, 'Id'),
    name: field.text(raw, 'Name').replace(/^\//, ''),
    image: shortImageName(field.optionalText(config, 'Image')),
    createdAt: field.time(raw, 'Created') ?? 0,
    state: CONTAINER_STATES.find((known) => known === status) ?? 'unknown',
    exitCode: field.optionalNumber(state, 'ExitCode') ?? 0,
    oomKilled: state['OOMKilled'] === true,
    restartCount: field.optionalNumber(raw, 'RestartCount') ?? 0,
    health: healthOf(state),
    command: field.texts(config, 'Cmd'),
    env: readEnv(config),
    labels: field.labels(config),
    mounts: readMounts(raw, host),
    published: readPublished(host),
    memoryLimit: field.optionalNumber(host, 'Memory') ?? 0,
    // Docker says -1 for “no limit” where somebody asked for that.
    pidsLimit: Math.max(0, field.optionalNumber(host, 'PidsLimit') ?? 0),
  };
}

function healthOf(state: Row): string {
  const status = field.optionalText(field.optionalRow(state['Health']), 'Status');
  return status === 'none' ? '' : status;
}

/** `NAME=value` lines; a name without a value counts as empty. */
export function readEnv(config: Row): Record<string, string> {
  const pairs = field.texts(config, 'Env').map((line): [string, string] => {
    const equals = line.indexOf('=');
    return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
  });
  return Object.fromEntries(pairs);
}

/**
 * `--tmpfs` is in `HostConfig.Tmpfs` only; `--mount type=tmpfs` in `Mounts` with Docker, and in `HostConfig.Tmpfs` with
 * podman 4.3.
 */
export function readMounts(raw: Row, host: Row): Mount[] {
  const mounts = field.list(raw, 'Mounts').map((mount) => readMount(field.row(mount, 'a mount')));
  const known = new Set(mounts.map(({ target }) => target));
  const memory = Object.entries(field.labels(host, 'Tmpfs')).filter(([target]) => !known.has(target));
  return [...mounts, ...memory.map(([target, options]) => tmpfs(target, options))];
}

function tmpfs(target: string, options: string): Mount {
  return { type: 'tmpfs', name: '', source: '', target, writable: !options.split(',').includes('ro') };
}

function readPublished(host: Row): Port[] {
  return Object.entries(field.optionalRow(host['PortBindings'])).flatMap(([key, bindings]) => {
    const [container = '', protocol = 'tcp'] = key.split('/');
    const places = Array.isArray(bindings) ? bindings.map(field.looseRow) : [];
    return places.map((place) => ({
      ip: field.optionalText(place, 'HostIp') || '0.0.0.0',
      // Empty where the engine may choose.
      host: Number(field.optionalText(place, 'HostPort')) || null,
      container: Number(container) || 0,
      protocol,
    }));
  });
}
