import { apiPath, withQuery } from './api-path.ts';
import { cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import type { Outcome, PortSpec, RunSpec } from './commands.ts';
import { EngineError } from './errors.ts';
import type { CarryOutOptions } from './carry-out.ts';
import { looseRow } from './fields.ts';
import type { Manners } from './manners.ts';
import { pullImage } from './pull-image.ts';

/** As `docker run -d`: pulls a missing image, creates, starts. A container that does not start stays, and is named. */
export async function runContainer(
  client: Client,
  spec: RunSpec,
  manners: Manners,
  options: CarryOutOptions,
): Promise<Outcome> {
  const created = await createOrPull(client, spec, createBody(spec, manners), options);
  try {
    await client.send({ method: 'POST', path: apiPath`/containers/${created.id}/start`, ...options.limits });
  } catch (error) {
    throw await startFailed(client, error, spec, created.id);
  }
  return { affected: [created.id], reclaimed: null, warnings: created.warnings };
}

type Created = { id: string; warnings: string[] };

async function createOrPull(
  client: Client,
  spec: RunSpec,
  body: object,
  options: CarryOutOptions,
): Promise<Created> {
  try {
    return await createContainer(client, spec.name, body, options);
  } catch (error) {
    const isImageMissing =
      error instanceof EngineError && error.kind === 'not-found' && /no such image/i.test(error.message);
    if (!isImageMissing) throw error;
  }
  await pullMissing(client, spec.image, options);
  return createContainer(client, spec.name, body, options);
}

async function pullMissing(client: Client, image: string, options: CarryOutOptions): Promise<void> {
  try {
    await pullImage(client, image, options);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === 'cancelled') throw error;
    throw new EngineError(error.kind, error.message, {
      advice:
        `There is no image ${cleanText(image)} here, and it could not be pulled. ${error.advice}`.trim(),
      cause: error,
    });
  }
}

async function createContainer(
  client: Client,
  name: string,
  body: object,
  { limits }: CarryOutOptions,
): Promise<Created> {
  const path = withQuery('/containers/create', { name: name || undefined });
  const reply = await client.json({ method: 'POST', path, body, ...limits });
  const { Id, Warnings } = looseRow(reply);
  if (typeof Id !== 'string') throw new EngineError('protocol', 'the engine made a container without an id');
  return { id: Id, warnings: Array.isArray(Warnings) ? Warnings.map((text) => cleanText(String(text))) : [] };
}

/** The body of `POST /containers/create` that the docker CLI would send for the same flags. */
function createBody(spec: RunSpec, { stopTimeout }: Manners): object {
  const named = spec.mounts.filter(({ source }) => source !== '');
  const anonymous = spec.mounts.filter(({ source }) => source === '');
  return {
    Image: spec.image,
    Env: spec.env,
    Labels: spec.labels,
    WorkingDir: spec.workdir,
    User: spec.user,
    OpenStdin: spec.interactive,
    Tty: spec.tty,
    ...(spec.command.length === 0 ? {} : { Cmd: spec.command }),
    ...(spec.entrypoint === '' ? {} : { Entrypoint: [spec.entrypoint] }),
    ...(stopTimeout === null ? {} : { StopTimeout: stopTimeout }),
    ExposedPorts: Object.fromEntries(spec.ports.map((port) => [portKey(port), {}])),
    Volumes: Object.fromEntries(anonymous.map(({ target }) => [target, {}])),
    HostConfig: {
      // The words of `-v`: a folder that is missing on the engine's machine is made, which `Mounts` refuses.
      Binds: named.map(({ source, target, readOnly }) => `${source}:${target}${readOnly ? ':ro' : ''}`),
      PortBindings: portBindings(spec.ports),
      NetworkMode: spec.network || 'default',
      RestartPolicy: restartPolicy(spec.restart),
      AutoRemove: spec.autoRemove,
      ...(spec.privileged && {
        Privileged: true,
        // Without it, under cgroup v1, an engine inside sees the machine's cgroups.
        CgroupnsMode: 'private',
        Memory: spec.privileged.memory,
        PidsLimit: spec.privileged.pids,
      }),
    },
  };
}

function portKey({ container, protocol }: PortSpec): string {
  return `${container}/${protocol}`;
}

/** A port without a host port gets one that is free, as `-p 80` does. */
function portBindings(ports: readonly PortSpec[]): Record<string, { HostIp: string; HostPort: string }[]> {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of ports) {
    const binding = { HostIp: port.ip, HostPort: port.host === null ? '' : String(port.host) };
    (bindings[portKey(port)] ??= []).push(binding);
  }
  return bindings;
}

function restartPolicy(text: string): { Name: string; MaximumRetryCount: number } {
  const [name = '', count = '0'] = text.split(':', 2);
  return { Name: name, MaximumRetryCount: Number(count) || 0 };
}

/** Keeps the engine's words, and adds what has become of the container. */
async function startFailed(client: Client, error: unknown, spec: RunSpec, id: string): Promise<unknown> {
  if (!(error instanceof EngineError) || error.kind === 'cancelled') return error;
  if (spec.autoRemove && (await isGone(client, id))) return error;
  const name = spec.name || id.slice(0, 12);
  return new EngineError(error.kind, error.message, {
    advice: `The container ${name} was created, but it did not start. ${error.advice}`.trim(),
    cause: error,
  });
}

/** `--rm` also removes a container that never started. */
async function isGone(client: Client, id: string): Promise<boolean> {
  try {
    await client.json({ path: apiPath`/containers/${id}/json` });
    return false;
  } catch (error) {
    if (error instanceof EngineError) return error.kind === 'not-found';
    throw error;
  }
}
