import type { Container, Image, Item, Kind, Network, Unreadable, Volume } from '../../src/engine/objects.ts';
import type { Event } from '../../src/model/events.ts';
import type { Effect, Intent } from '../../src/model/intents.ts';
import { press } from '../../src/model/press.ts';
import { reduce } from '../../src/model/reduce.ts';
import { initialState, type Size, type State } from '../../src/model/state.ts';

export const NOW = Date.UTC(2026, 0, 2, 12);
const DAY = 86_400_000;

export function aContainer(name: string, more: Partial<Container> = {}): Container {
  return {
    kind: 'container',
    id: `c-${name}`,
    name,
    image: 'tiny:1',
    imageId: 'sha256:tiny',
    command: 'serve',
    createdAt: NOW - DAY,
    state: 'running',
    since: NOW - 120_000,
    exitCode: null,
    health: null,
    ports: [],
    mounts: [],
    networks: ['bridge'],
    labels: {},
    ...more,
  };
}

export function anImage(tag: string, more: Partial<Image> = {}): Image {
  return {
    kind: 'image',
    id: `sha256:${tag.replace(/:.*/, '')}`,
    tags: tag === '' ? [] : [tag],
    createdAt: NOW - DAY,
    size: 1_900_000,
    layers: 2,
    labels: {},
    ...more,
  };
}

export function aVolume(name: string, more: Partial<Volume> = {}): Volume {
  return {
    kind: 'volume',
    id: name,
    name,
    driver: 'local',
    scope: 'local',
    mountpoint: `/data/${name}`,
    createdAt: NOW - DAY,
    anonymous: false,
    size: 64,
    labels: {},
    ...more,
  };
}

export function aNetwork(name: string, more: Partial<Network> = {}): Network {
  return {
    kind: 'network',
    id: `n-${name}`,
    name,
    driver: 'bridge',
    scope: 'local',
    subnets: ['10.0.0.0/24'],
    internal: false,
    builtIn: false,
    createdAt: NOW - DAY,
    labels: {},
    ...more,
  };
}

export function unreadable(of: Kind, name: string, why = 'State is not a text'): Unreadable {
  return { kind: 'unreadable', of, id: `u-${name}`, name, why };
}

/** A volume that `--mount` or `VOLUME` made without a name. */
export const ANONYMOUS = 'f'.repeat(64);

export function mountOf(name: string): Container['mounts'][number] {
  return { type: 'volume', name, source: `/data/${name}`, target: '/data', writable: true };
}

export function read(kind: Kind, items: readonly Item[], at = NOW): Event {
  return { type: 'list-read', kind, items, at };
}

export function after(state: State, ...events: readonly Event[]): State {
  return events.reduce(reduce, state);
}

export type Held = Partial<Record<Kind, readonly Item[]>> & {
  size?: Size;
  family?: 'docker' | 'podman';
  apiVersion?: string;
  sandbox?: 'none' | 'passing' | 'kept';
  standing?: string;
};

/** The state with an engine on screen that holds these objects. */
export function holding({ size = { columns: 120, rows: 40 }, family = 'docker', ...held }: Held = {}): State {
  return after(
    initialState(size, NOW),
    {
      type: 'engine-connected',
      family,
      host: 'unix:///run/docker.sock',
      apiVersion: held.apiVersion ?? '1.41',
      sandbox: held.sandbox ?? 'none',
      standing: held.standing ?? '',
    },
    read('container', held.container ?? []),
    read('image', held.image ?? []),
    read('volume', held.volume ?? []),
    read('network', held.network ?? []),
  );
}

/** What keys lead to, each of them pressed on the state that the one before has left. */
export function pressed(state: State, ...keys: readonly string[]): { state: State; effects: Effect[] } {
  const effects: Effect[] = [];
  let now = state;
  for (const key of keys) now = follow(now, press(now, key), effects);
  return { state: now, effects };
}

export function follow(state: State, intents: readonly Intent[], effects: Effect[] = []): State {
  let now = state;
  for (const intent of intents) {
    if ('event' in intent) now = reduce(now, intent.event);
    else effects.push(intent.effect);
  }
  return now;
}

/** Keys for a text, as a terminal sends them. */
export function typed(text: string): string[] {
  return Array.from(text, (character) => (character === ' ' ? 'space' : character));
}
