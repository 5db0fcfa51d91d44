import type { Feature } from './lesson.ts';

/**
 * A claim about the engine's state, as data with a closed vocabulary. Texts may hold `{{variables}}`; `say` also
 * `{{actual.…}}` and `{{other.…}}`, filled in when it is said.
 */
export type Check = {
  /** Unique in the lesson. */
  id: string;
  /** What has to be true, in words, for the line of the check: `"keep" is running`. */
  claim: string;
  /** Ids of checks of the same step that have to pass first. */
  needs: readonly string[];
  /** `ever`: once passed it stays so. `now`: it has to hold still when the step ends. */
  mode: 'ever' | 'now';
  /** Has to hold for so many milliseconds without a break; 0 for at once. */
  stable: number;
  /** Judged only there; elsewhere it is left out. */
  only: 'docker' | 'podman' | null;
  /** The row or tab to point at when it passes, as `containers/keep` or `containers/keep/changes`; empty for none. */
  look: string;
  test: Test;
  /** What to say while it does not hold; the first that fits. */
  otherwise: readonly Otherwise[];
  /** In lesson.md, counted from 1. */
  line: number;
};

/** `if`: what was found instead; null fits always, and is `not yet`. With an `if`, it is a mistake. */
export type Otherwise = { if: Mismatch | null; say: string };

export type Mismatch =
  /** The subject of the check is there, and this of it is so. */
  | { actual: Partial<ContainerIs> }
  /** Something else than the subject is there: of the same kind, not called as it should be. */
  | { other: Filter }
  /** A command typed since the step began matches; for messages only. */
  | { typed: string }
  | { test: Test };

export type Test =
  | { all: readonly Test[] }
  | { any: readonly Test[] }
  | { not: Test }
  /** On the second engine, which plays the one on another machine. */
  | { elsewhere: Test }
  | Claim
  | ScriptTest;

/** One subject, and everything that is claimed of it. */
export type Claim =
  | ({ subject: 'container'; of: Which } & { predicates: readonly ContainerPredicate[] })
  | ({ subject: 'image'; of: Which } & { predicates: readonly ImagePredicate[] })
  | ({ subject: 'volume'; of: Which } & { predicates: readonly VolumePredicate[] })
  | ({ subject: 'network'; of: Which } & { predicates: readonly NetworkPredicate[] })
  | { subject: 'service'; of: Which; predicates: readonly ServicePredicate[] }
  /** `of`: `127.0.0.1:5000`. */
  | { subject: 'registry'; of: string; predicates: readonly RegistryPredicate[] }
  /** A path below the lesson's work folder, on the host. */
  | { subject: 'file'; of: string; predicates: readonly FilePredicate[] }
  | { subject: 'engine'; predicates: readonly EnginePredicate[] };

/** A program of the lesson's author, run in a closed-off container: exit code 0 with `{"status":…,"say":…}` on stdout. */
export type ScriptTest = { script: { file: string; input: Readonly<Record<string, string>> } };

/**
 * One thing by its name (or the beginning of its id), or those that a filter lets through: the predicates leave out
 * those they do not hold for, and `exists` or `count` is about what is left (at least one, where neither is given).
 */
export type Which = { name: string } | { filter: Filter };

/** Everything given has to fit. Things that are neither ours nor new since the lesson began never fit. */
export type Filter = {
  /** `box-*`: a star stands for anything. */
  name?: string;
  image?: string;
  state?: string;
  label?: Readonly<Record<string, string>>;
  /** Made since then. */
  since?: 'step' | 'lesson';
  anonymous?: boolean;
};

export type Amount = { exactly: number } | { least: number } | { most: number };
/**
 * Matched against a text: whole (but for white space at its end), a part, or a regular expression, where `^` and `$`
 * are the ends of a line.
 */
export type TextMatch = { equals: string } | { contains: string } | { matches: string };
export type Since = 'step' | 'lesson';

export type ExistencePredicate = { exists: boolean } | { count: Amount };

export type ContainerIs = {
  state: string;
  exitCode: number;
  oomKilled: boolean;
  restartCount: number;
  health: string;
};

export type MountMatch = {
  type?: 'volume' | 'bind' | 'tmpfs';
  /** Name of the volume, or the host's path. */
  source?: string;
  destination?: string;
  writable?: boolean;
  anonymous?: boolean;
};

export type FileMatch = { path: string } & (TextMatch | { exists: boolean });

export type ContainerPredicate =
  | ExistencePredicate
  | { is: Partial<ContainerIs> }
  /** The image it was made from, by name. */
  | { image: string }
  /** Made from the same image as these. */
  | { sameImageAs: readonly string[] }
  /** The command as its words. */
  | { command: readonly string[] }
  | { env: Readonly<Record<string, string>> }
  | { labels: Readonly<Record<string, string>> }
  | { mounts: MountMatch }
  | { noMount: MountMatch }
  | { networks: readonly string[] }
  /** `host` is a text only while a variable stands in it. */
  | { port: { container: number; host?: number | string; published?: boolean } }
  | { limits: { memory?: number; pids?: number } }
  /** What its writable layer changed; podman’s own noise is left out. */
  | { diff: { added?: string; changed?: string; deleted?: string; empty?: boolean } }
  | { file: FileMatch }
  | { logs: TextMatch }
  | { event: { action: string; since: Since } };

export type ImagePredicate =
  | ExistencePredicate
  /** Its first `first` layers are those of the other (all of the other's where not given). */
  | { sameLayers: { as: string; first?: number } }
  /** So many layers more than the other. */
  | { layersMore: { than: string; by: number } }
  | { size: SizeMatch }
  | { history: { has: string } }
  | { tagged: string }
  | { digest: { sameAs: string } }
  | { command: readonly string[] }
  | { env: Readonly<Record<string, string>> }
  | { labels: Readonly<Record<string, string>> }
  | { event: { action: string; since: Since } };

/** Against another image: bigger or smaller by at least so many bytes, or the same within so many. */
export type SizeMatch = { than: string } & ({ bigger: number } | { smaller: number } | { within: number });

export type VolumePredicate =
  | ExistencePredicate
  | { driver: string }
  | { labels: Readonly<Record<string, string>> }
  /** Containers, running or not, that have it. */
  | { users: Amount }
  | { usedBy: string }
  | { file: FileMatch }
  | { event: { action: string; since: Since } };

export type NetworkPredicate =
  | ExistencePredicate
  | { driver: string }
  | { internal: boolean }
  | { members: readonly string[] };

export type ServicePredicate =
  | ExistencePredicate
  | { replicas: { wanted?: number; running?: number } }
  /** What its tasks run, as its words. */
  | { command: readonly string[] }
  /** Tasks that have ended by themselves, as far back as the engine remembers. */
  | { failed: Amount }
  /** Docker's word for how its last change goes: `updating`, `paused`, `completed`, `rollback_completed`. */
  | { update: string };

export type RegistryPredicate =
  | { answers: boolean }
  | { repository: string }
  | { tag: { of: string; is: string } }
  | { digest: { of: string; sameAs: string } }
  /** Only of the registry that the lesson brings along: no other tells. */
  | { event: { action: 'push' | 'pull' | 'delete'; repository: string; since: Since } };

export type FilePredicate = { exists: boolean } | { text: TextMatch };

export type EnginePredicate =
  | { family: 'docker' | 'podman' }
  | { rootless: boolean }
  | { feature: Feature }
  | { event: { kind: 'container' | 'image' | 'volume' | 'network'; action: string; since: Since } }
  /** A call that went over the wire: for what leaves no trace in the state, such as a list that was asked for. */
  | { called: { method: string; path: string; status?: number; since: Since } }
  /** A line typed in the terminal that ended with this code; only beside others. */
  | { typed: { line: string; code?: number } };
