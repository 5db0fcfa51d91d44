import type { Command, Outcome, Progress } from './commands.ts';
import type { Endpoint } from './endpoint.ts';
import type { Item, Kind } from './objects.ts';
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

export type LogOptions = { tail: number; follow: boolean; signal: AbortSignal };
export type ExecOptions = {
  command: readonly string[];
  tty: boolean;
  columns: number;
  rows: number;
  env?: readonly string[];
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
  countLayers(imageId: string): Promise<number>;
  /** Sizes of volumes by name, in bytes. Seconds on a large engine: never poll. */
  volumeSizes(options: { signal: AbortSignal }): Promise<ReadonlyMap<string, number>>;

  exec(containerId: string, options: ExecOptions): Promise<ExecSession>;
  /** Loads a `docker save` archive; gives the names it brought. */
  load(archive: Readable, options?: { signal?: AbortSignal }): Promise<string[]>;

  /** Closes kept-alive connections; running streams end. */
  close(): void;
}
