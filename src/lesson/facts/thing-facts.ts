import type { ContainerDetails, ImageDetails } from '../../engine/engine.ts';
import { withoutLocalhost } from '../../engine/image-name.ts';
import type { Container, Image, Network, Volume } from '../../engine/objects.ts';
import type { ContainerFacts, ImageFacts, NetworkFacts, VolumeFacts } from '../world.ts';

/** Its row in the list, and what inspecting it told; null where it was not inspected, and only what the list says is known. */
export function containerFacts(
  row: Container,
  details: ContainerDetails | null,
  ours: boolean,
): ContainerFacts {
  const isEnded = ['exited', 'dead'].includes(row.state);
  const base = {
    ours,
    id: row.id,
    name: row.name,
    image: withoutLocalhost(row.image),
    imageId: row.imageId,
    state: row.state,
    createdAt: row.createdAt,
    exitCode: isEnded ? (row.exitCode ?? 0) : 0,
    oomKilled: false,
    restartCount: 0,
    health: row.health ?? '',
    command: [],
    env: {},
    labels: row.labels,
    mounts: row.mounts,
    networks: row.networks,
    ports: row.ports,
    memoryLimit: 0,
    pidsLimit: 0,
  };
  if (details === null) return base;
  const { name, image, createdAt, published, ...inspected } = details;
  return {
    ...base,
    ...inspected,
    name,
    createdAt,
    image: withoutLocalhost(image || row.image),
    health: inspected.health || base.health,
    exitCode: ['exited', 'dead'].includes(inspected.state) ? inspected.exitCode : 0,
    // What does not run publishes nothing; then it counts what it was asked to publish.
    ports: row.ports.length > 0 ? row.ports : published,
  };
}

export function imageFacts(row: Image, details: ImageDetails | null, ours: boolean): ImageFacts {
  return {
    ours,
    id: row.id,
    tags: row.tags.map(withoutLocalhost),
    createdAt: details?.createdAt ?? row.createdAt,
    size: row.size,
    labels: row.labels,
    layers: details?.layers ?? [],
    command: details?.command ?? [],
    env: details?.env ?? {},
  };
}

export function volumeFacts(
  { name, driver, anonymous, labels, createdAt }: Volume,
  ours: boolean,
): VolumeFacts {
  return { ours, name, driver, anonymous, labels, createdAt };
}

/** Members are those that run, as `docker network inspect` has it: a stopped container is in no network. */
export function networkFacts(row: Network, containers: readonly Container[], ours: boolean): NetworkFacts {
  const { id, name, driver, internal, labels, createdAt } = row;
  const members = containers
    .filter(
      ({ state, networks }) => ['running', 'paused', 'restarting'].includes(state) && networks.includes(name),
    )
    .map((container) => container.name);
  return { ours, id, name, driver, internal, labels, createdAt, members };
}
