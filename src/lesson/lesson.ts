import type { Check } from './check.ts';

/**
 * A lesson as it was read, before its variables are filled in (`fill-in.ts`): `{{name}}` may stand in every text of it.
 * Texts are Markdown, stripped of control characters.
 */
export type Lesson = {
  /** Unique among all lessons; progress and `requires` go by it. */
  id: string;
  /** From the folder's name, `05-thin-layer`; null where it has none. */
  number: number | null;
  title: string;
  /** Raised when ids of steps, or checks, change. */
  version: number;
  minutes: number;
  difficulty: 'beginner' | 'intermediate' | 'advanced';
  /** Ids of lessons that come before it. */
  requires: readonly string[];
  teaches: readonly string[];
  /** What is turned round in it, in short names. */
  myths: readonly string[];
  needs: Needs;
  /** Images that have to be there, of the offline bundle. */
  images: readonly string[];
  vars: Readonly<Record<string, Variable>>;
  /** What stands before the first step. */
  intro: readonly Block[];
  steps: readonly Step[];
  /** Where it was read: the lesson's folder, absolute. */
  folder: string;
  language: string;
};

/** What an engine has to be, for the lesson to be played and not only read. */
export type Needs = {
  /** Oldest version, as `20.10`; null where the family will not do at all. */
  docker: string | null;
  podman: string | null;
  features: readonly Feature[];
};

export const FEATURES = [
  'build',
  'buildx',
  'compose',
  'swarm',
  'registry',
  'second-engine',
  'limits',
] as const;
export type Feature = (typeof FEATURES)[number];

/** What a feature brings for a lesson's lines, and what stands in its text where that is not there. */
export const UNPROVIDED = {
  /** The words that call it. */
  compose: 'docker compose',
  /** Host and port, as they stand in the name of an image. */
  registry: '127.0.0.1:5000',
  /** As in DOCKER_HOST. */
  'second-engine': 'tcp://127.0.0.1:2376',
  /** The folder for DOCKER_CERT_PATH. */
  'second-engine-certs': 'certs',
} as const;
export type ProvidedName = keyof typeof UNPROVIDED;
export const PROVIDED_NAMES = Object.keys(UNPROVIDED) as ProvidedName[];

/**
 * `name`: a name for a container, volume, network or image, itself where it is free, else with a suffix (`keep-7f`).
 * `words`: so many words, others for each learner. `port`: a port of the host, the next free one from there on. `pick`:
 * one of several, another for each learner. `from`: what a feature brings.
 */
export type Variable =
  | { name: string }
  | { words: number }
  | { port: number }
  | { pick: readonly string[] }
  | { from: ProvidedName };

/** What a step is for: `task` has checks; `warm-up` and `recap` have questions only; `reading` has nothing to do. */
export const STEP_KINDS = ['task', 'warm-up', 'recap', 'reading'] as const;

export type Step = {
  /** From the heading: `## Leave a note {#note}`. Unique in the lesson. */
  id: string;
  kind: (typeof STEP_KINDS)[number];
  /** Where that is not there, it is only read. */
  needs?: Feature;
  title: string;
  blocks: readonly Block[];
  /** All checks of its blocks, in order. */
  checks: readonly Check[];
  hints: readonly string[];
  /** Command lines that bring the step to its end, from `solution.yaml` (or the block `solution`). */
  solution: readonly string[];
  /** Line of its heading in lesson.md, counted from 1. */
  line: number;
};

/** What the text of a step is made of, in order. `id` is unique in the lesson: a translation replaces texts by it. */
export type Block = { id: string; line: number } & BlockContent;

export type BlockContent =
  | { kind: 'prose'; markdown: string }
  /** Command lines to be typed, one for each command; a line goes on where a quote, a backslash or a heredoc is open. */
  | { kind: 'run'; commands: readonly string[] }
  /** Where the lines of these checks stand; the checks themselves are in `Step.checks`. */
  | { kind: 'checks'; ids: readonly string[] }
  | { kind: 'predict'; question: Question }
  | { kind: 'quiz'; question: Question }
  | { kind: 'diagram'; diagram: Diagram }
  | { kind: 'note'; markdown: string }
  /** A wrong idea, and what is right. */
  | { kind: 'myth'; claim: string; fact: string }
  /** For one engine family, or where a feature is (or is not) there. */
  | { kind: 'only'; where: Condition; blocks: readonly Block[] };

export type Condition = { family: 'docker' | 'podman' } | { feature: Feature; present: boolean };

export type Question = {
  ask: string;
  options: readonly string[];
  /** Index of the right one. */
  answer: number;
  /** Why it is right. */
  because: string;
  /** What to say to a wrong option, by its index; every wrong option of a quiz has one. */
  wrong: Readonly<Record<number, string>>;
};

/** A drawing with words for who cannot see it. */
export type Diagram = {
  alt: string;
} & (
  | { name: 'layers'; rows: readonly { label: string; note: string; kind: 'read-only' | 'writable' }[] }
  /** Boxes from left to right, with what goes between them. */
  | { name: 'flow'; boxes: readonly string[]; arrows: readonly string[] }
  | { name: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
);

/** Something wrong with a lesson's files. */
export type LessonProblem = {
  /** Relative to the lesson's folder: `lesson.md`, `solution.yaml`, `tests.yaml`. */
  file: string;
  /** Counted from 1; null where it is about the file as a whole. */
  line: number | null;
  /** `error`: it cannot be used. `warning`: it should be better. */
  severity: 'error' | 'warning';
  text: string;
};
