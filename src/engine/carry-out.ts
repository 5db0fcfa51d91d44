import { apiPath, withQuery } from './api-path.ts';
import { cleanText } from './clean-text.ts';
import type { Client } from './client.ts';
import type { Command, Outcome, Progress } from './commands.ts';
import { EngineError } from './errors.ts';
import type { Call } from './exchange.ts';
import { looseRow } from './fields.ts';
import { shortImageName, splitImageName } from './image-name.ts';
import type { Manners } from './manners.ts';
import { prune } from './prune.ts';
import { pullImage } from './pull-image.ts';
import { runContainer } from './run-container.ts';

/** A stop waits for the container as long as its owner has set, and a prune for the disk. */
const COMMAND_WITHIN = 10 * 60_000;

export type CarryOutOptions = {
  limits: Pick<Call, 'signal' | 'answerWithin'>;
  onProgress?: ((progress: Progress) => void) | undefined;
};

/** Does what a command says and nothing else. Throws `EngineError`. */
export async function carryOut(
  client: Client,
  manners: Manners,
  command: Command,
  given: { signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {},
): Promise<Outcome> {
  const limits = { signal: given.signal, answerWithin: COMMAND_WITHIN };
  const options: CarryOutOptions = { limits, onProgress: given.onProgress };
  switch (command.do) {
    case 'run':
      return runContainer(client, command.spec, manners, options);
    case 'pull':
      return pullImage(client, command.image, options);
    case 'prune':
      return prune(client, command, manners, limits);
    default: {
      const reply = await send(client, command, { ...toCall(command, manners), ...limits });
      if (command.do === 'stop' && manners.stopsEarly)
        await settled(client, command.container.id, given.signal);
      return { affected: affectedBy(command, reply), reclaimed: null, warnings: warningsIn(reply) };
    }
  }
}

/** Podman 4.3 refuses to remove by force what ends by itself at that moment; asked again, it does. */
const ENDS_NOW = /could not be stopped: .*container state improper/;

async function send(client: Client, command: Command, call: Call): Promise<unknown> {
  try {
    return await client.send(call);
  } catch (error) {
    const isForced = command.do === 'remove-container' && command.force;
    if (!(isForced && error instanceof EngineError && ENDS_NOW.test(error.message))) throw error;
    return client.send(call);
  }
}

const SETTLES_WITHIN = 1000;

/** Waits for the engine's own list. The stop itself went well whatever the answer is: the container may be gone by now. */
async function settled(client: Client, id: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await client.json({ path: apiPath`/containers/${id}/json`, signal, answerWithin: SETTLES_WITHIN });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}

type ApiCall = Call & { method: 'POST' | 'DELETE' };
type SimpleCommand = Exclude<Command, { do: 'run' | 'pull' | 'prune' }>;

function toCall(command: SimpleCommand, manners: Manners): ApiCall {
  switch (command.do) {
    case 'start':
    case 'stop':
    case 'restart':
    case 'pause':
    case 'unpause':
      return post(`${apiPath`/containers/${command.container.id}`}/${command.do}`);
    case 'kill':
      return post(withQuery(apiPath`/containers/${command.container.id}/kill`, { signal: command.signal }));
    case 'rename':
      return post(withQuery(apiPath`/containers/${command.container.id}/rename`, { name: command.to }));
    case 'commit':
      return commit(command);
    case 'remove-container':
      return removeContainer(command, manners);
    case 'tag': {
      const { repository, tag } = splitImageName(command.as);
      const query = { repo: repository, tag: tag || 'latest' };
      return post(withQuery(apiPath`/images/${command.image.id}/tag`, query));
    }
    case 'remove-image':
      return remove(withQuery(apiPath`/images/${command.image.id}`, { force: command.force }));
    case 'create-volume':
      return post('/volumes/create', { Name: command.name, Driver: command.driver || 'local' });
    case 'remove-volume':
      return remove(withQuery(apiPath`/volumes/${command.volume.id}`, { force: command.force }));
    case 'create-network':
      return post('/networks/create', networkBody(command));
    case 'remove-network':
      return remove(apiPath`/networks/${command.network.id}`);
    case 'remove-service':
      return remove(apiPath`/services/${command.service.id}`);
    case 'leave-swarm':
      return post(withQuery('/swarm/leave', { force: true }));
  }
}

/** Podman 4.3 answers 500 to a commit without a body. */
function commit({ container, as, message, pause }: Extract<Command, { do: 'commit' }>): ApiCall {
  const { repository, tag } = splitImageName(as);
  const query = { container: container.id, repo: repository, tag: as === '' ? '' : tag || 'latest', pause };
  return post(withQuery('/commit', message === '' ? query : { ...query, comment: message }), {});
}

type RemoveContainer = Extract<Command, { do: 'remove-container' }>;

/** Forced, it kills at once. */
function removeContainer({ container, force, volumes }: RemoveContainer, { hasLibpod }: Manners): ApiCall {
  return hasLibpod && force
    ? remove(withQuery(apiPath`/libpod/containers/${container.id}`, { force, volumes, timeout: 0 }))
    : remove(withQuery(apiPath`/containers/${container.id}`, { force, v: volumes }));
}

function post(path: string, body?: object): ApiCall {
  return body === undefined ? { method: 'POST', path } : { method: 'POST', path, body };
}

function remove(path: string): ApiCall {
  return { method: 'DELETE', path };
}

function networkBody({ name, driver, subnet, internal }: Extract<Command, { do: 'create-network' }>): object {
  return {
    Name: name,
    // Without it Docker before 25 makes a second network of the same name.
    CheckDuplicate: true,
    Driver: driver || 'bridge',
    Internal: internal,
    ...(subnet === '' ? {} : { IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] } }),
  };
}

function affectedBy(command: SimpleCommand, reply: unknown): string[] {
  switch (command.do) {
    case 'remove-container':
      return [command.container.id];
    case 'remove-volume':
      return [command.volume.id];
    case 'remove-network':
      return [command.network.id];
    case 'remove-service':
      return [command.service.id];
    case 'remove-image':
      return removedImages(reply);
    case 'create-volume':
      return [textIn(reply, 'Name') || command.name];
    case 'commit':
      return [imageId(textIn(reply, 'Id'))];
    case 'create-network':
      return [textIn(reply, 'Id')].filter(Boolean);
    case 'tag':
      return [command.as];
    default:
      return [];
  }
}

/** Podman 4.3 leaves out of its answer to a commit what its lists have. */
function imageId(id: string): string {
  return id.includes(':') ? id : `sha256:${id}`;
}

/** `[{Untagged: 'x:1'}, {Deleted: 'sha256:…'}]` */
function removedImages(reply: unknown): string[] {
  if (!Array.isArray(reply)) return [];
  const names = reply.map((entry) => textIn(entry, 'Untagged') || textIn(entry, 'Deleted'));
  return names.filter(Boolean).map(shortImageName);
}

function warningsIn(reply: unknown): string[] {
  return [textIn(reply, 'Warning')].filter(Boolean);
}

function textIn(reply: unknown, key: string): string {
  const value = looseRow(reply)[key];
  return typeof value === 'string' ? cleanText(value) : '';
}
