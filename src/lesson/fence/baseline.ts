import type { Engine, Service } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { Item, Kind } from '../../engine/objects.ts';
import { isOwnHelper } from '../../engine/own-helper.ts';

/**
 * What an engine held at one moment, by identity. Taken when a lesson begins; nothing in it is ever touched. Plain
 * JSON: it is kept with the progress, so that a lesson that is gone on with tomorrow has the same fence.
 */
export type Baseline = {
  /** Milliseconds since the epoch, by our clock. */
  at: number;
  containers: readonly string[];
  images: readonly { id: string; tags: readonly string[] }[];
  /** Names: volumes have no other identity. */
  volumes: readonly string[];
  networks: readonly string[];
  /** Ids; not in what older versions kept. */
  services?: readonly string[] | undefined;
  /** The engine’s own id in its swarm, where it was in one. */
  swarm?: readonly string[] | undefined;
};

/** Of a swarm that the engine manages: its services, and this engine as its one member that is known; else none. */
export type InSwarm = { service: readonly Service[]; swarm: readonly { id: string }[] };

export type Everything = { readonly [K in Kind]: readonly Item<K>[] } & InSwarm;

/** Without what Slipway makes for a moment to look into something. Throws `EngineError`, `cancelled` by the signal. */
export async function listEverything(engine: Engine, signal?: AbortSignal): Promise<Everything> {
  const list = async <K extends Kind>(kind: K): Promise<Item<K>[]> => {
    if (signal?.aborted === true) throw new EngineError('cancelled', 'cancelled');
    return engine.list(kind);
  };
  // Containers come first and images after them, so that a container made in between lacks no image.
  const container = (await list('container')).filter((item) => !isOwnHelper(item));
  const image = await list('image');
  const volume = await list('volume');
  const network = await list('network');
  const { node, services } = await engine.swarm({ signal });
  return { container, image, volume, network, service: services, swarm: node === '' ? [] : [{ id: node }] };
}

/** Rows that could not be read are in it too: what is not understood is not ours. Throws `EngineError`. */
export async function takeBaseline(engine: Engine, signal?: AbortSignal): Promise<Baseline> {
  const at = Date.now();
  return baselineOf(await listEverything(engine, signal), at);
}

export function baselineOf(everything: Everything, at: number): Baseline {
  const ids = (kind: keyof Everything): string[] => everything[kind].map(({ id }) => id);
  return {
    at,
    containers: ids('container'),
    images: everything.image.map((item) => ({ id: item.id, tags: item.kind === 'image' ? item.tags : [] })),
    volumes: ids('volume'),
    networks: ids('network'),
    services: ids('service'),
    swarm: ids('swarm'),
  };
}

export type Difference = { kind: keyof Everything | 'tag'; id: string; change: 'appeared' | 'gone' };

/** What came and what went between two moments; a tag that moved to another image has gone and appeared. */
export function differences(before: Baseline, after: Baseline): Difference[] {
  return [
    ...between('container', before.containers, after.containers),
    ...between('image', imageIds(before), imageIds(after)),
    ...between('tag', tagsOf(before), tagsOf(after)).map((found) => ({ ...found, id: tagOf(found.id) })),
    ...between('volume', before.volumes, after.volumes),
    ...between('network', before.networks, after.networks),
    ...between('service', before.services ?? [], after.services ?? []),
    ...between('swarm', before.swarm ?? [], after.swarm ?? []),
  ];
}

function between(
  kind: Difference['kind'],
  before: readonly string[],
  after: readonly string[],
): Difference[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...after.filter((id) => !was.has(id)).map((id) => ({ kind, id, change: 'appeared' as const })),
    ...before.filter((id) => !is.has(id)).map((id) => ({ kind, id, change: 'gone' as const })),
  ];
}

function imageIds({ images }: Baseline): string[] {
  return images.map(({ id }) => id);
}

/** `sha256:… site:1`, because a tag is another one where it points elsewhere. */
function tagsOf({ images }: Baseline): string[] {
  return images.flatMap(({ id, tags }) => tags.map((tag) => `${id} ${tag}`));
}

function tagOf(pointing: string): string {
  return pointing.slice(pointing.indexOf(' ') + 1);
}
