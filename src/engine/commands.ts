/** Something asked of the engine, as data. `commandLine` says it as the `docker` command it stands for. */

/** The thing a command acts on: `id` goes to the engine, `name` to the screen. */
export type Ref = { id: string; name: string };

export type PortSpec = {
  ip: string;
  host: number | null;
  container: number;
  protocol: 'tcp' | 'udp' | 'sctp';
};
export type MountSpec = { source: string; target: string; readOnly: boolean };

/** What `docker run` is given: the part of its flags that the form and the editable command line know. */
export type RunSpec = {
  image: string;
  /** Empty: the engine picks a name. */
  name: string;
  /** Empty: the image's own command. */
  command: readonly string[];
  ports: readonly PortSpec[];
  env: readonly string[];
  /** `source` is a volume's name or an absolute path on the engine's machine; empty for an anonymous volume. */
  mounts: readonly MountSpec[];
  network: string;
  labels: Readonly<Record<string, string>>;
  workdir: string;
  user: string;
  entrypoint: string;
  restart: string;
  /** `--rm` */
  autoRemove: boolean;
  /** `-i`, `-t` */
  interactive: boolean;
  tty: boolean;
  /** `--privileged`, within these limits: bytes, and processes. No form offers it. */
  privileged?: { memory: number; pids: number };
};

export type PruneTarget = 'container' | 'image' | 'volume' | 'network' | 'build-cache';

export type Command =
  | { do: 'start' | 'stop' | 'restart' | 'pause' | 'unpause'; container: Ref }
  | { do: 'kill'; container: Ref; signal: string }
  | { do: 'rename'; container: Ref; to: string }
  /** Makes an image of what it is made from and what it changed. `as` may be empty: the image has no name then. */
  | { do: 'commit'; container: Ref; as: string; message: string; pause: boolean }
  | { do: 'remove-container'; container: Ref; force: boolean; volumes: boolean }
  | { do: 'run'; spec: RunSpec }
  | { do: 'pull'; image: string }
  | { do: 'tag'; image: Ref; as: string }
  | { do: 'remove-image'; image: Ref; force: boolean }
  | { do: 'create-volume'; name: string; driver: string }
  | { do: 'remove-volume'; volume: Ref; force: boolean }
  | { do: 'create-network'; name: string; driver: string; subnet: string; internal: boolean }
  | { do: 'remove-network'; network: Ref }
  | { do: 'remove-service'; service: Ref }
  /** Also the last one of its managers: the swarm is then gone, with its services, their containers and networks. */
  | { do: 'leave-swarm'; node: Ref }
  | { do: 'prune'; what: PruneTarget; all: boolean };

/** One line of progress: pulls report per layer (`id`), with bytes where the engine says so. */
export type Progress = { id: string; text: string; current: number | null; total: number | null };

/** How a command ended well; a failure is a thrown `EngineError`. */
export type Outcome = {
  /** Ids or names made or removed, in the engine's order. */
  affected: readonly string[];
  /** Bytes given back, where the engine says so. */
  reclaimed: number | null;
  warnings: readonly string[];
};
