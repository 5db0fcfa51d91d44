import type { BuildNews, BuildRequest } from './build/build.ts';
import type { Command, Outcome, Progress } from './commands.ts';
import type { Endpoint } from './endpoint.ts';
import type { LayeredImage } from './layers/layer.ts';
import type { LayerFileAt } from './layers/read-layer-file.ts';
import type { ReadLayersOptions } from './layers/read-layers.ts';
import type { EngineFiles } from './files/engine-files.ts';
import type { PathStat } from './files/file-entry.ts';
import type { ImageOutline } from './layers/image-outline.ts';
import type { ContainerState, Item, Kind, Mount, Port } from './objects.ts';
import type { EngineData } from './data/engine-data.ts';
import type { Duplex, Readable } from 'node:stream';

export type EngineFamily = 'docker' | 'podman';

/** What an engine says of itself. Slow on podman (`/info`, `/version` take up to 0.7 s each), so it is asked once. */
export type EngineAbout = {
  version: string;
  /** The version of the Docker Engine API that is spoken with it, e.g. `1.41`. */
  apiVersion: string;
  storageDriver: string;
  cgroupVersion: '1' | '2' | '';
  os: string;
  arch: string;
  rootless: boolean;
  /** Its own id in a swarm, as a manager or not; empty where it is in none. */
  swarmNode: string;
  /** Where it keeps its data, on its own machine. */
  dataRoot: string;
  cpus: number;
  memory: number;
  warnings: readonly string[];
};

/**
 * Something that happened, as told by the engine. A hint and no more: the order and the number of events cannot
 * be relied on, so the reader re-reads what an event names.
 */
export type EngineEvent = {
  at: number;
  kind: Kind;
  /** Docker's word for it (podman's are translated): `create start die destroy rename pull tag untag delete mount …`. */
  action: string;
  /** Id of a container, image or network; name of a volume. */
  id: string;
  name: string;
};

export type LogLine = {
  /** RFC 3339 with nanoseconds, as the engine stamped it; empty where it did not. */
  at: string;
  stream: 'stdout' | 'stderr';
  /** Stripped of control characters and colour codes. */
  text: string;
};

export type StatsSample = {
  at: number;
  /** Percent of one core; 200 is two full cores. Null for the first sample, which has nothing to compare with. */
  cpuPercent: number | null;
  memory: number;
  /** 0 where there is no limit. */
  memoryLimit: number;
  networkIn: number;
  networkOut: number;
  blockIn: number;
  blockOut: number;
  pids: number;
};

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

export type ExecSession = {
  /** Both ways, raw; ends when the program inside ends. */
  stream: Duplex;
  resize(columns: number, rows: number): Promise<void>;
  /** Resolves once `stream` has ended. */
  exitCode(): Promise<number>;
};

/** `build`: the engine builds images. `swarm`: it runs services, or would once a swarm is begun. */
export type EngineFeature = 'build' | 'swarm';

/** A container as `inspect` tells it: what the lists leave out. */
export type ContainerDetails = {
  id: string;
  name: string;
  /** The image as the person named it, also when that name means another one by now. */
  image: string;
  createdAt: number;
  state: ContainerState;
  /** 0 while it runs. */
  exitCode: number;
  oomKilled: boolean;
  restartCount: number;
  /** Empty where it has no health check. */
  health: string;
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  /** Those of `Mounts` and those of `HostConfig.Tmpfs`. */
  mounts: readonly Mount[];
  /** Ports that it was asked to publish, also while it does not run. */
  published: readonly Port[];
  /** Bytes, and processes; 0 for no limit. */
  memoryLimit: number;
  pidsLimit: number;
};

export type ImageDetails = {
  id: string;
  createdAt: number;
  /** Diff ids, the bottom one first. */
  layers: readonly string[];
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  /** `repository@sha256:…`. Docker with the containerd store has one before any push, 20.10 only afterwards. */
  digests: readonly string[];
};

/** A line of `docker diff`. */
export type PathChange = { kind: 'changed' | 'added' | 'deleted'; path: string };

/** What is at a path. `other`: a pipe, a socket, a device. The text is made harmless line by line (`cleanLines`). */
export type FoundFile =
  /** `isBinary` where there are bytes in it that are in no text. */
  { kind: 'file'; text: string; isBinary?: true } | { kind: 'folder' | 'other' };

export type FileOptions = {
  /** Bytes from the beginning that are read; 64 kB where it is left out. */
  limit?: number;
  signal?: AbortSignal | undefined;
};

/** A service of a swarm. */
export type Service = {
  id: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  /** How many tasks are wanted, and how many run. */
  wanted: number;
  running: number;
  /** What its tasks run, its words; empty for the image's own. */
  command: readonly string[];
  /** How its last change goes, Docker's word: `updating paused completed rollback_completed …`; empty before one. */
  update: string;
};

/** The swarm that an engine is in, as one of its managers knows it. */
export type Swarm = {
  /** This engine's own id in it; empty where it is in none, or no manager. */
  node: string;
  services: readonly Service[];
};

export type ScriptSpec = {
  image: string;
  /** Text of the script, for `sh`; up to 100 kB. */
  script: string;
  /** What it reads. */
  stdin: string;
  /** Milliseconds it may take; 10 s where it is left out. */
  within?: number;
  signal?: AbortSignal | undefined;
};

/** `exitCode` is null for a script that took too long and was ended. Both outputs are cut after 64 kB. */
export type ScriptEnd = { exitCode: number | null; stdout: string; stderr: string };

export type LogOptions = { tail: number; follow: boolean; signal: AbortSignal };
export type ExecOptions = {
  command: readonly string[];
  tty: boolean;
  columns: number;
  rows: number;
  env?: readonly string[];
  /** Name or number; the container's own where it is left out. */
  user?: string;
};

/**
 * A container engine that answered. Every method throws `EngineError` and nothing else; methods that take a signal
 * end quietly (iterators) or throw `cancelled` (promises) when it is aborted.
 */
export interface Engine {
  readonly family: EngineFamily;
  /** As the person would write it in DOCKER_HOST. */
  readonly host: string;
  /** For those that pass bytes through to it. */
  readonly endpoint: Endpoint;
  readonly apiVersion: string;

  about(): Promise<EngineAbout>;
  /** Throws when the engine does not answer within its deadline; cheap. */
  ping(): Promise<void>;

  /** All items of a kind, or only those with the given ids; items that are gone are left out. */
  list<K extends Kind>(kind: K, ids?: readonly string[]): Promise<Item<K>[]>;
  /** Events until the signal is aborted; throws when the stream ends. Calls `onReady` once the subscription stands. */
  watch(options: { signal: AbortSignal; onReady?: () => void }): AsyncIterable<EngineEvent>;
  /** Which kinds this engine sends no events for, so that they have to be polled. */
  readonly silentKinds: readonly Kind[];

  carryOut(
    command: Command,
    options?: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<Outcome>;

  /** Lines in batches, as they arrive. Ends when the log ends (not followed, or the container stopped). */
  logs(containerId: string, options: LogOptions): AsyncIterable<LogLine[]>;
  /** About one sample a second for Docker before API 1.42, else one in two; ends when the container stops. */
  stats(containerId: string, options: { signal: AbortSignal }): AsyncIterable<StatsSample>;

  inspect(kind: Kind, id: string): Promise<JsonValue>;
  containerDetails(id: string, options?: { signal?: AbortSignal | undefined }): Promise<ContainerDetails>;
  imageDetails(id: string, options?: { signal?: AbortSignal | undefined }): Promise<ImageDetails>;
  /** What made each layer and setting of an image, the newest first. */
  history(imageId: string, options?: { signal?: AbortSignal | undefined }): Promise<string[]>;
  /** An image's layers with their instructions and sizes, without their content; cheap. */
  imageOutline(imageId: string, options?: { signal?: AbortSignal | undefined }): Promise<ImageOutline>;
  /** What the writable layer changed; what the engine put there itself is left out. */
  changes(containerId: string, options?: { signal?: AbortSignal | undefined }): Promise<PathChange[]>;
  /** What is at an absolute path of a container, running or not; null for nothing. Never starts anything in a container that does not run. */
  readFile(containerId: string, path: string, options?: FileOptions): Promise<FoundFile | null>;
  /** What is at a path of a container, without its content; null for nothing. A link is told as a link. */
  statPath(
    containerId: string,
    path: string,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<PathStat | null>;
  /**
   * What is at a path of a volume, read through a container made for it from `image`, never started, and removed at
   * once (`isOwnHelper`). While it is there the volume is in use: prefer `readFile` on a container that has the volume.
   */
  readVolumeFile(
    volume: string,
    path: string,
    options: FileOptions & { image: string },
  ): Promise<FoundFile | null>;
  readonly files: EngineFiles;
  /** Services of the swarm, none where no swarm was begun; throws `unsupported` where the engine knows no services. */
  services(options?: { signal?: AbortSignal | undefined }): Promise<readonly Service[]>;
  /** The same with the swarm they are in; an engine that knows no services is in none. */
  swarm(options?: { signal?: AbortSignal | undefined }): Promise<Swarm>;
  /** How many tasks of a service have ended though they should not, as far back as the engine remembers. */
  failedTasks(serviceId: string, options?: { signal?: AbortSignal | undefined }): Promise<number>;
  readonly features: readonly EngineFeature[];
  /** Runs a script with no network, no rights, nothing to write to, and limits, in a container that is removed afterwards. */
  runScript(spec: ScriptSpec): Promise<ScriptEnd>;
  countLayers(imageId: string): Promise<number>;
  /** What an image is made of; seconds for a large one, unless its layers are known already. */
  readLayers(imageId: string, options?: ReadLayersOptions): Promise<LayeredImage>;
  /** What one layer holds at an exact path, whatever later ones do to it; null for nothing. */
  readLayerFile(at: LayerFileAt): Promise<FoundFile | null>;
  /** Sizes of volumes by name, in bytes. Seconds on a large engine: never poll. */
  volumeSizes(options: { signal: AbortSignal }): Promise<ReadonlyMap<string, number>>;

  /** Where data lives, and ways to carry it. */
  readonly data: EngineData;

  exec(containerId: string, options: ExecOptions): Promise<ExecSession>;
  /** Loads a `docker save` archive; gives the names it brought. */
  load(archive: Readable, options?: { signal?: AbortSignal }): Promise<string[]>;

  /** Builds an image and tells of it as it goes; throws what the builder says where it fails. An abort ends it in the engine, too. */
  build(request: BuildRequest, options: { signal: AbortSignal }): AsyncIterable<BuildNews[]>;

  /** Closes kept-alive connections; running streams end. */
  close(): void;
}
