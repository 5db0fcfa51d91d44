import type { Builder, BuildNews, BuildSpec } from '../../engine/build/build.ts';
import type { Dockerfile } from '../../engine/build/dockerfile.ts';

/** What the program knows of building: the folder that is about to be built, and the build that runs or ran last. */
export type Building = { look: ContextLook | null; current: Build | null };

export const NOTHING_BUILT: Building = { look: null, current: null };

/** The folder in the form, looked at before anything is sent. */
export type ContextLook =
  | { phase: 'looking'; files: number; bytes: number }
  | { phase: 'failed'; why: string; advice: string }
  | { phase: 'read'; context: ContextFacts };

export type ContextFacts = {
  /** Absolute. */
  folder: string;
  files: number;
  bytes: number;
  /** File whose rules leave something out; empty for none. */
  ignoreFile: string;
  leftOut: { files: number; bytes: number; /** The largest few. */ largest: readonly LargeThing[] };
  /** The largest few of what is sent. */
  largest: readonly LargeThing[];
  /** Sockets, pipes and devices. */
  unsendable: readonly string[];
  /** There are more: looking was given up here. */
  isCut: boolean;
};

export type LargeThing = { path: string; bytes: number };

export type Build = {
  /** Of the log of commands. */
  id: number;
  spec: BuildSpec;
  /** Of the tool on screen. */
  line: string;
  /** Absolute; empty until it has been read. */
  folder: string;
  dockerfile: Dockerfile | null;
  dockerfilePath: string;
  builder: Builder | null;
  startedAt: number;
  /** When it was last told of: what its times are drawn for. */
  now: number;
  endedAt: number | null;
  sending: { sent: number; total: number; files: number };
  steps: readonly BuildStep[];
  /** The last thing told that is no step, such as a pull. */
  aside: string;
  /** The first step that did not come from the cache, and why, where that can be told. */
  missed: { step: string; why: string } | null;
  /** Paths that are not as they were at the last build of this folder; null where there was none. */
  changed: readonly string[] | null;
  /** The Dockerfile of that build. */
  before: Dockerfile | null;
  result: BuildResult | null;
};

export type BuildStep = {
  key: string;
  /** On one line. */
  instruction: string;
  /** In the Dockerfile, counted from 1; null where it is not clear which one is meant. */
  line: number | null;
  lastLine: number | null;
  state: 'waiting' | 'running' | 'done' | 'cached' | 'failed' | 'stopped';
  startedAt: number | null;
  /** Milliseconds. */
  took: number | null;
  /** The last lines it printed. */
  said: readonly string[];
  /** Bytes it added, and all up to it; null where that is not known. */
  added: number | null;
  total: number | null;
};

export type BuildResult =
  | { ok: true; image: string; size: number; text: string }
  | { ok: false; text: string; advice: string; line: number | null; explained: string };

export type BuildEvent =
  | { type: 'context-look-changed'; look: ContextLook | null }
  | { type: 'build-started'; build: Pick<Build, 'id' | 'spec' | 'line' | 'startedAt'> }
  | {
      type: 'build-context-read';
      read: Pick<Build, 'folder' | 'dockerfile' | 'dockerfilePath' | 'changed' | 'before'> & {
        files: number;
        bytes: number;
      };
    }
  | { type: 'build-sent'; bytes: number }
  | { type: 'build-told'; news: readonly BuildNews[]; at: number }
  | { type: 'build-succeeded'; at: number; image: string; size: number }
  /** `explained` says in other words what the engine's mean; empty where nothing is known of them. `stopped`: by the person. */
  | { type: 'build-failed'; at: number; stopped: boolean; text: string; advice: string; explained: string };
