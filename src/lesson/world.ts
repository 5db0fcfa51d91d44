import type { EngineFamily, EngineEvent, Service } from '../engine/engine.ts';
import type { ContainerState, Image, Mount, Network, Port, Volume } from '../engine/objects.ts';
import type { RegistryEvent } from '../sandbox/registry/registry-event.ts';
import type { Feature } from './lesson.ts';

/**
 * What a step is judged by: a snapshot of the engine, the extra facts that its checks asked for, and what has happened
 * since the step began. Plain data; the judge asks for nothing more.
 */
export type World = {
  /** When it was taken, milliseconds since the epoch. */
  at: number;
  engine: {
    family: EngineFamily;
    version: string;
    rootless: boolean;
    features: ReadonlySet<Feature>;
  };
  /** Why nothing can be judged now: the engine is gone. Everything below is then empty. */
  gone: { why: string; advice: string } | null;
  containers: readonly ContainerFacts[];
  images: readonly ImageFacts[];
  volumes: readonly VolumeFacts[];
  networks: readonly NetworkFacts[];
  /** Since the lesson began, oldest first; a hint, as all events are: nothing hangs on their order. */
  events: readonly EngineEvent[];
  /** What has happened in the lesson's own registry since the lesson began, oldest first; null where it has none. */
  registry: { address: string; events: readonly RegistryEvent[] } | null;
  /** Command lines of the terminal that have ended, since the lesson began, oldest first. */
  typed: readonly TypedLine[];
  /** Calls over the wire that have ended, since the lesson began. */
  calls: readonly { at: number; method: string; path: string; status: number }[];
  /** When the lesson and the step began. */
  began: { lesson: number; step: number };
  facts: Facts;
  /** The second engine, where a check asks about it; null where none does, or there is none. */
  elsewhere: World | null;
};

export type TypedLine = { line: string; code: number | null; at: number };

/** Belongs to the learner: made through the wire in this lesson, or new since it began. */
type Owned = { ours: boolean };

export type ContainerFacts = Owned & {
  id: string;
  name: string;
  /** As the person would name it: `tiny:1`, never `localhost/tiny:1`. */
  image: string;
  imageId: string;
  state: ContainerState;
  createdAt: number;
  /** 0 while it runs. */
  exitCode: number;
  oomKilled: boolean;
  restartCount: number;
  health: string;
  /** `Config.Cmd`, its words. */
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  /** Those of `Mounts` and those of `HostConfig.Tmpfs`. */
  mounts: readonly Mount[];
  networks: readonly string[];
  ports: readonly Port[];
  /** Bytes, and processes; 0 for no limit. */
  memoryLimit: number;
  pidsLimit: number;
};

export type ImageFacts = Owned &
  Pick<Image, 'id' | 'tags' | 'createdAt' | 'size' | 'labels'> & {
    /** Diff ids, the bottom one first; empty where they were not asked for. */
    layers: readonly string[];
    command: readonly string[];
    env: Readonly<Record<string, string>>;
  };

export type VolumeFacts = Owned & Pick<Volume, 'name' | 'driver' | 'anonymous' | 'labels' | 'createdAt'>;
export type NetworkFacts = Owned &
  Pick<Network, 'id' | 'name' | 'driver' | 'internal' | 'labels' | 'createdAt'> & {
    members: readonly string[];
  };

/** `failed`: tasks that have ended though they should not. */
export type ServiceFacts = Pick<Service, 'wanted' | 'running' | 'command' | 'update'> & { failed: number };

/** What is known only by asking for it, by the key of the question (`factKey`). */
export type Facts = ReadonlyMap<string, Fact>;
export type Fact = { known: true; value: FactValue } | { known: false; why: string; advice: string };
export type FactValue =
  /** A file's text (its first 64 kB), or that there is none. */
  | { file: string | null }
  /** The last 64 kB. */
  | { logs: string }
  | { changes: readonly Change[] }
  | { history: readonly string[] }
  | { digests: readonly string[] }
  /** Null where there is none of that name. */
  | { service: ServiceFacts | null }
  /** Tags by repository; null where no registry answers. */
  | {
      registry: {
        repositories: Readonly<Record<string, readonly string[]>>;
        digests: Readonly<Record<string, string>>;
      } | null;
    }
  | { script: { status: 'pass' | 'not-yet' | 'mistake'; say: string } };

/** A line of `docker diff`. */
export type Change = { kind: 'changed' | 'added' | 'deleted'; path: string };

/** A question beyond the lists. Names are those of the check, filled in. */
export type FactWanted =
  | { ask: 'container-file'; container: string; path: string }
  | { ask: 'volume-file'; volume: string; path: string }
  | { ask: 'host-file'; path: string }
  | { ask: 'logs'; container: string }
  | { ask: 'changes'; container: string }
  | { ask: 'history'; image: string }
  | { ask: 'digests'; image: string }
  | { ask: 'service'; service: string }
  | { ask: 'registry'; at: string; repository: string; tag: string }
  | { ask: 'script'; file: string; input: Readonly<Record<string, string>> };

export function factKey(wanted: FactWanted): string {
  return JSON.stringify(wanted);
}
