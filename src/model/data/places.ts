import type { Container, Mount, Volume } from '../../engine/objects.ts';
import { memoizeLast } from '../memoize.ts';
import { selectUsedBy, type UsedBy } from '../select-usage.ts';
import type { State } from '../state.ts';
import { survival, type PlaceKind, type Survival } from './survives.ts';

/** Somewhere data lives. */
export type Place = {
  kind: PlaceKind;
  /** Of a volume its name, of a bind the host's path, else empty. */
  name: string;
  /** Where a container has it; empty for a volume that none has. */
  target: string;
  source: string;
  writable: boolean;
  /** Null while it is not known, or cannot be. */
  size: number | null;
  users: readonly Container[];
  survives: Survival;
};

/** What places are worked out from. */
export type Known = Pick<State, 'objects' | 'data' | 'engine'>;

/** Both engines name a volume that was made without a name with 64 hex digits. */
export const isMadeUpName = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** The places of one container, its own layer first. */
export function containerPlaces(state: Known, container: Container): readonly Place[] {
  return [ownLayer(state, container), ...mountsOf(state, container).map((m) => mounted(state, container, m))];
}

/** What the list says of its mounts; the container's own details know those in memory too. */
function mountsOf({ data }: Known, container: Container): readonly Mount[] {
  return data.containers.get(container.id)?.mounts ?? container.mounts;
}

function ownLayer(state: Known, container: Container): Place {
  return {
    kind: 'writable',
    name: '',
    target: '/',
    source: '',
    writable: true,
    size: writableSize(state, container.id),
    users: [container],
    survives: survives(state, container, 'writable', '', []),
  };
}

/** Bytes in a container's own layer, as they were last measured; null where they never were. */
function writableSize({ data }: Known, id: string): number | null {
  const surveyed = data.survey?.usage?.containers.find((c) => c.id === id)?.writable;
  return data.containers.get(id)?.writable ?? surveyed ?? null;
}

function mounted(state: Known, container: Container, mount: Mount): Place {
  const kind = kindOf(mount);
  const sharing =
    mount.type === 'volume' ? (selectUsedBy(state).volumes.get(mount.name) ?? [container]) : [container];
  const others = sharing.filter((c) => c.id !== container.id);
  return {
    kind,
    name: mount.type === 'volume' ? mount.name : mount.source,
    target: mount.target,
    source: mount.source,
    writable: mount.writable,
    size: mount.type === 'volume' ? volumeSize(state, mount.name) : null,
    users: [container, ...others],
    survives: survives(state, container, kind, mount.source, others),
  };
}

function kindOf({ type, name }: Mount): PlaceKind {
  if (type === 'volume') return isMadeUpName(name) ? 'anonymous' : 'volume';
  return type;
}

function volumeSize(state: Known, name: string): number | null {
  const item = state.objects.volume.items?.get(name);
  return item?.kind === 'volume' ? item.size : null;
}

function survives(
  state: Known,
  container: Container,
  kind: PlaceKind,
  source: string,
  others: readonly Container[],
): Survival {
  const keeper = {
    family: state.engine?.family ?? 'docker',
    autoRemove: state.data.containers.get(container.id)?.autoRemove ?? false,
    state: container.state,
  } as const;
  return survival({ kind, source, sharedWith: others.map((c) => c.name) }, keeper);
}

/** All places of the engine, each once: what several containers share is one place. */
export function enginePlaces({ objects, data, engine }: Known): readonly Place[] {
  return computePlaces(objects, data, engine);
}

const computePlaces = memoizeLast(
  (objects: Known['objects'], data: Known['data'], engine: Known['engine']): readonly Place[] => {
    const known = { objects, data, engine };
    const containers = [...(objects.container.items?.values() ?? [])].filter((c) => c.kind === 'container');
    const shared = new Map<string, Place>();
    const rest: Place[] = [];
    for (const place of containers.flatMap((c) => containerPlaces(known, c))) {
      const isShared = place.kind === 'volume' || place.kind === 'anonymous' || place.kind === 'bind';
      if (!isShared) rest.push(place);
      else shared.set(place.name, merged(shared.get(place.name), place));
    }
    const order = (place: Place): number => KIND_ORDER.indexOf(place.kind);
    return [...rest, ...shared.values(), ...unusedVolumes(known, selectUsedBy(known).volumes)].toSorted(
      (a, b) => order(a) - order(b) || (b.size ?? -1) - (a.size ?? -1) || a.name.localeCompare(b.name),
    );
  },
);

const KIND_ORDER: readonly PlaceKind[] = ['writable', 'volume', 'anonymous', 'bind', 'tmpfs', 'other'];

function merged(before: Place | undefined, place: Place): Place {
  if (before === undefined) return place;
  const users = [...before.users, ...place.users.filter((c) => !before.users.includes(c))];
  return { ...before, users, writable: before.writable || place.writable };
}

function unusedVolumes(state: Known, used: UsedBy): Place[] {
  const volumes = [...(state.objects.volume.items?.values() ?? [])];
  return volumes.flatMap((v) => (v.kind === 'volume' && !used.has(v.name) ? [unusedVolume(state, v)] : []));
}

function unusedVolume(state: Known, volume: Volume): Place {
  const kind = volume.anonymous ? 'anonymous' : 'volume';
  const keeper = { family: state.engine?.family ?? 'docker', autoRemove: false, state: 'exited' } as const;
  return {
    kind,
    name: volume.name,
    target: '',
    source: volume.mountpoint,
    writable: true,
    size: volume.size,
    users: [],
    survives: survival({ kind: 'volume', source: '', sharedWith: [] }, keeper),
  };
}
