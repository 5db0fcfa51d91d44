import { createHash } from 'node:crypto';

/** Rows as an engine sends them. Tests change and break them as they like. */
export type RawRow = Record<string, unknown>;

export type FakeState = {
  containers: Map<string, RawRow>;
  images: Map<string, RawRow>;
  volumes: Map<string, RawRow>;
  networks: Map<string, RawRow>;
  logs: Map<string, FakeLogLine[]>;
};
export type FakeLogLine = { at: string; stream: 'stdout' | 'stderr'; text: string };

export type StateOptions = {
  containers?: number;
  /** How many of them run; the rest has exited. */
  running?: number;
  images?: number;
  volumes?: number;
  networks?: number;
};

const EPOCH = Date.UTC(2026, 0, 1) / 1000;

export function createState({
  containers = 10,
  running = Math.ceil(containers / 2),
  images = 3,
  volumes = 2,
  networks = 1,
}: StateOptions): FakeState {
  const state: FakeState = {
    containers: new Map(),
    images: new Map(),
    volumes: new Map(),
    networks: new Map(),
    logs: new Map(),
  };
  for (const name of ['bridge', 'host', 'none']) addNetwork(state, name);
  for (let index = 0; index < networks; index++) addNetwork(state, `net-${index}`);
  for (let index = 0; index < images; index++) addImage(state, `image-${index}:1`);
  for (let index = 0; index < volumes; index++) addVolume(state, `volume-${index}`);
  for (let index = 0; index < containers; index++) {
    const id = addContainer(state, `container-${index}`, `image-${index % Math.max(1, images)}:1`);
    setContainerState(state, id, index < running ? 'running' : 'exited');
  }
  return state;
}

export function fakeId(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

export function addContainer(state: FakeState, name: string, image: string): string {
  const id = fakeId(`container ${name}`);
  state.containers.set(id, {
    Id: id,
    Names: [`/${name}`],
    Image: image,
    ImageID: `sha256:${fakeId(`image ${image}`)}`,
    Command: 'sh -c serve',
    Created: EPOCH,
    Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8000 + state.containers.size, Type: 'tcp' }],
    Labels: { made: 'by-fake' },
    State: 'created',
    Status: 'Created',
    NetworkSettings: { Networks: { bridge: {} } },
    Mounts: [],
  });
  const at = '2026-01-01T00:00:00.000000001Z';
  state.logs.set(id, [
    { at, stream: 'stdout', text: `${name} says hello` },
    { at, stream: 'stderr', text: `${name} complains` },
  ]);
  return id;
}

export function addImage(state: FakeState, tag: string): string {
  const id = `sha256:${fakeId(`image ${tag}`)}`;
  state.images.set(id, { Id: id, RepoTags: [tag], Created: EPOCH, Size: 2_000_000, Labels: null });
  return id;
}

export function addVolume(state: FakeState, name: string): string {
  state.volumes.set(name, {
    Name: name,
    Driver: 'local',
    Scope: 'local',
    Mountpoint: `/fake/${name}`,
    CreatedAt: '2026-01-01T00:00:00Z',
    Labels: null,
  });
  return name;
}

export function addNetwork(state: FakeState, name: string): string {
  const id = fakeId(`network ${name}`);
  const driver = name === 'none' ? 'null' : name === 'host' ? 'host' : 'bridge';
  const Config = driver === 'bridge' ? [{ Subnet: `10.0.${state.networks.size}.0/24` }] : [];
  state.networks.set(id, {
    Id: id,
    Name: name,
    Driver: driver,
    Scope: 'local',
    IPAM: { Config },
    Internal: false,
    Created: '2026-01-01T00:00:00Z',
    Labels: {},
  });
  return id;
}

const STATUS: Readonly<Record<string, string>> = {
  running: 'Up 5 minutes',
  paused: 'Up 5 minutes (Paused)',
  exited: 'Exited (0) 3 hours ago',
  created: 'Created',
};

export function setContainerState(state: FakeState, id: string, to: string): void {
  Object.assign(state.containers.get(id) ?? {}, { State: to, Status: STATUS[to] ?? to });
}
