/**
 * What an engine holds, in our words. Every string here has been stripped of control characters
 * (`clean-text.ts`); sizes are bytes, times are milliseconds since the epoch.
 */

export const KINDS = ['container', 'image', 'volume', 'network'] as const;
export type Kind = (typeof KINDS)[number];

export const CONTAINER_STATES = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
  'unknown',
] as const;
export type ContainerState = (typeof CONTAINER_STATES)[number];

export type Port = { ip: string; host: number | null; container: number; protocol: string };

export type Mount = {
  type: 'volume' | 'bind' | 'tmpfs' | 'other';
  /** Name of the volume; empty for the other types. */
  name: string;
  source: string;
  target: string;
  writable: boolean;
};

export type Container = {
  kind: 'container';
  id: string;
  name: string;
  /** The image as the engine names it; a bare id when its tag has moved on. */
  image: string;
  imageId: string;
  command: string;
  createdAt: number;
  state: ContainerState;
  /** When the present state began, worked out from the engine's “Up 5 minutes”; null where it does not say. */
  since: number | null;
  exitCode: number | null;
  health: 'starting' | 'healthy' | 'unhealthy' | null;
  ports: readonly Port[];
  mounts: readonly Mount[];
  /** Names of the networks it is a member of. */
  networks: readonly string[];
  labels: Readonly<Record<string, string>>;
};

export type Image = {
  kind: 'image';
  id: string;
  /** `name:tag`, shortened as `docker images` does; empty for a dangling image. */
  tags: readonly string[];
  createdAt: number;
  size: number;
  /** Number of file-system layers; null until it has been asked for. */
  layers: number | null;
  labels: Readonly<Record<string, string>>;
};

export type Volume = {
  kind: 'volume';
  /** The name again: volumes have no other identity. */
  id: string;
  name: string;
  driver: string;
  scope: string;
  mountpoint: string;
  createdAt: number | null;
  /** Made without a name by a container (64 hex digits). */
  anonymous: boolean;
  /** Null until it has been asked for. */
  size: number | null;
  labels: Readonly<Record<string, string>>;
};

export type Network = {
  kind: 'network';
  id: string;
  name: string;
  driver: string;
  scope: string;
  subnets: readonly string[];
  internal: boolean;
  /** Made by the engine itself (`bridge`, `host`, `none`, `podman`): cannot be removed. */
  builtIn: boolean;
  createdAt: number | null;
  labels: Readonly<Record<string, string>>;
};

/** An item of a reply that could not be read; it keeps its place so that the list is never shown shorter than it is. */
export type Unreadable = { kind: 'unreadable'; of: Kind; id: string; name: string; why: string };

export type ObjectOf = { container: Container; image: Image; volume: Volume; network: Network };
export type Item<K extends Kind = Kind> = ObjectOf[K] | Unreadable;
