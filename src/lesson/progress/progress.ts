import { isAbsolute, join } from 'node:path';
import * as v from 'valibot';

/** Raised when an older Slipway could no longer make sense of the file. */
export const PROGRESS_FORMAT = 1;

const Time = v.pipe(v.number(), v.finite());
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Texts = v.pipe(v.array(v.string()), v.readonly());
const times = v.record(v.string(), Time);

const BaselineSchema = v.object({
  at: Time,
  containers: Texts,
  images: v.pipe(v.array(v.object({ id: v.string(), tags: Texts })), v.readonly()),
  volumes: Texts,
  networks: Texts,
  services: v.optional(Texts),
  swarm: v.optional(Texts),
});

const TypedSchema = v.object({ line: v.string(), code: v.nullable(v.number()), step: v.string() });

/** What is kept of one lesson. Everything but the version and the beginning may be missing: older files have less. */
const LessonProgressSchema = v.object({
  version: Count,
  begunAt: Time,
  doneAt: v.optional(v.nullable(Time), null),
  /** By step id; a step that is open is not in it. */
  steps: v.optional(v.record(v.string(), v.object({ state: v.picklist(['done', 'skipped']), at: Time })), {}),
  /** When each check passed, by its id. */
  passed: v.optional(times, {}),
  /** Which option was chosen last, by block id. */
  answers: v.optional(v.record(v.string(), Count), {}),
  /** How many hints were opened, by step id. */
  hints: v.optional(v.record(v.string(), Count), {}),
  /** Values of the lesson's variables. */
  values: v.optional(v.record(v.string(), v.string()), {}),
  seed: v.optional(v.string(), ''),
  /** The wire's labels in the runs of the program in which the lesson was open. */
  runs: v.optional(Texts, []),
  /** What commands of the lesson are known to have made (`fence/made.ts`). */
  made: v.optional(Texts, []),
  baseline: v.optional(v.nullable(BaselineSchema), null),
  /** Where it is played, and on which engine. */
  place: v.optional(v.nullable(v.object({ kind: v.picklist(['sandbox', 'fence']), host: v.string() })), null),
  workFolder: v.optional(v.string(), ''),
  /** Command lines that were typed by hand, oldest first, each in its step: for the notebook. */
  practised: v.optional(v.pipe(v.array(TypedSchema), v.readonly()), []),
});

export type LessonProgress = v.InferOutput<typeof LessonProgressSchema>;

export type Progress = {
  /** Gives each learner other words; empty until one has been chosen. */
  seed: string;
  /** The set of lessons that is learned by; empty for all. */
  set: string;
  /** By lesson id. */
  lessons: Readonly<Record<string, LessonProgress>>;
};

export const NO_PROGRESS: Progress = { seed: '', set: '', lessons: {} };

/** Where progress is kept. A relative XDG_STATE_HOME counts as none, as its specification wants it. */
export function progressFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const state = env['XDG_STATE_HOME'] ?? '';
  return join(isAbsolute(state) ? state : join(home, '.local', 'state'), 'slipway', 'learn', 'progress.json');
}

export type ParsedProgress =
  /** `unreadable`: ids of lessons whose entries make no sense; a write leaves them as they are. */
  | { kind: 'read'; progress: Progress; unreadable: readonly string[] }
  | { kind: 'newer'; format: number }
  | { kind: 'broken'; why: string };

const FileSchema = v.looseObject({
  format: v.pipe(v.number(), v.integer()),
  seed: v.optional(v.string(), ''),
  set: v.optional(v.string(), ''),
  lessons: v.record(v.string(), v.unknown()),
  /** Entries that made no sense and were replaced. */
  unreadable: v.optional(v.record(v.string(), v.unknown())),
});

export type ProgressFile = v.InferOutput<typeof FileSchema>;

/** One entry that cannot be read does not take the others with it. */
export function parseProgress(text: string): ParsedProgress {
  const file = parseFile(text);
  if (file.kind !== 'file') return file;
  const lessons: Record<string, LessonProgress> = {};
  const unreadable: string[] = [];
  for (const [id, entry] of Object.entries(file.content.lessons)) {
    const read = v.safeParse(LessonProgressSchema, entry);
    if (read.success) lessons[id] = read.output;
    else unreadable.push(id);
  }
  return { kind: 'read', progress: { seed: file.content.seed, set: file.content.set, lessons }, unreadable };
}

/** The file as it is, entries unread, for a write that has to keep what it does not understand. */
export function parseFile(
  text: string,
): { kind: 'file'; content: ProgressFile } | Exclude<ParsedProgress, { kind: 'read' }> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'broken', why: 'it is not JSON' };
  }
  const format = v.safeParse(v.looseObject({ format: v.number() }), json);
  if (format.success && format.output.format > PROGRESS_FORMAT)
    return { kind: 'newer', format: format.output.format };
  const file = v.safeParse(FileSchema, json);
  if (!file.success) return { kind: 'broken', why: v.summarize(file.issues).split('\n')[0] ?? '' };
  return { kind: 'file', content: file.output };
}

export function isReadable(entry: unknown): boolean {
  return v.is(LessonProgressSchema, entry);
}
