import type { Container, Item } from '../engine/objects.ts';
import { memoizeLast } from './memoize.ts';
import type { State } from './state.ts';

type Items = ReadonlyMap<string, Item> | null;
export type UsedBy = ReadonlyMap<string, readonly Container[]>;

/** Which containers use what: images by id, volumes and networks by name. */
const computeUsedBy = memoizeLast((items: Items): { images: UsedBy; volumes: UsedBy; networks: UsedBy } => {
  const images = new Map<string, Container[]>();
  const volumes = new Map<string, Container[]>();
  const networks = new Map<string, Container[]>();
  for (const item of items?.values() ?? []) {
    if (item.kind !== 'container') continue;
    add(images, item.imageId, item);
    for (const mount of item.mounts) if (mount.type === 'volume') add(volumes, mount.name, item);
    for (const network of item.networks) add(networks, network, item);
  }
  return { images, volumes, networks };
});

function add(map: Map<string, Container[]>, key: string, container: Container): void {
  const users = map.get(key);
  if (users === undefined) map.set(key, [container]);
  else if (users.at(-1) !== container) users.push(container);
}

export function selectUsedBy(state: Pick<State, 'objects'>): {
  images: UsedBy;
  volumes: UsedBy;
  networks: UsedBy;
} {
  return computeUsedBy(state.objects.container.items);
}

let cpuTexts: ReadonlyMap<string, string> = new Map();

const computeCpuTexts = memoizeLast((usage: State['usage']): ReadonlyMap<string, string> => {
  const texts = new Map([...usage].map(([id, samples]) => [id, cpuText(samples.at(-1)?.cpuPercent ?? null)]));
  const same = texts.size === cpuTexts.size && [...texts].every(([id, text]) => cpuTexts.get(id) === text);
  if (!same) cpuTexts = texts;
  return cpuTexts;
});

/** `12.3%` by container id; the same map as before when no text differs. */
export function selectCpuTexts(state: State): ReadonlyMap<string, string> {
  return computeCpuTexts(state.usage);
}

function cpuText(percent: number | null): string {
  if (percent === null) return '';
  return percent >= 99.95 ? `${Math.round(percent)}%` : `${percent.toFixed(1)}%`;
}
