import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Engine, EngineAbout } from '../../engine/engine.ts';
import { splitImageName, withoutLocalhost } from '../../engine/image-name.ts';
import { removeLeftHelpers } from '../../engine/own-helper.ts';
import { chooseValues } from '../../lesson/choose-values.ts';
import { baselineOf, listEverything, type Everything } from '../../lesson/fence/baseline.ts';
import { fillIn } from '../../lesson/fill-in.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import { withWarmUp } from './with-warm-up.ts';
import { missingNeeds } from '../../lesson/missing-needs.ts';
import { strangeSwarm } from './strange-swarm.ts';
import { resume, type Resumed } from '../../lesson/progress/progress-resume.ts';
import type { LessonProgress } from '../../lesson/progress/progress.ts';
import { readOnly, stepsHere } from '../../lesson/steps-here.ts';
import { makeWorkFolder } from '../../lesson/work-folder.ts';
import { isPortFree } from '../../sandbox/is-port-free.ts';
import type { EngineNetwork } from './engine-network.ts';
import type { Place } from './reach-place.ts';
import { type HeldReady, provideFeatures } from './provide-features.ts';
import { provideImages } from './provide-images.ts';

export type Begun = {
  /** With its variables filled in. */
  lesson: Lesson;
  engine: Engine;
  about: EngineAbout;
  /** Has to be closed. */
  provided: HeldReady;
  /** What is to be kept of it from now on. */
  kept: LessonProgress;
  resumed: Resumed | null;
  /** What the engine lacks for it; empty when it can be played and not only read. */
  lacks: readonly string[];
};

export type BeginOptions = {
  engine: Engine;
  network: EngineNetwork;
  place: Place;
  /** What was kept of it before; null to begin anew. */
  before: LessonProgress | null;
  /** Of the learner: gives each other words. */
  seed: string;
  run: string;
  /** Ids of lessons that the learner has finished. */
  finished: ReadonlySet<string>;
  /** In which the clients are looked for. */
  env: NodeJS.ProcessEnv;
  /** Where work folders are made. */
  workBase: string;
  onTask: (text: string) => void;
  signal: AbortSignal;
};

/** Makes everything ready for a lesson on an engine. Throws `EngineError`, and what the disk throws. */
export async function beginLesson(raw: Lesson, options: BeginOptions): Promise<Begun> {
  const provided = await provideFeatures(raw, options);
  try {
    return await beginWith(provided, raw, options);
  } catch (error) {
    await provided.close();
    throw error;
  }
}

async function beginWith(provided: HeldReady, raw: Lesson, options: BeginOptions): Promise<Begun> {
  const { engine, signal, onTask } = options;
  const { features } = provided;
  onTask('Looking at the engine');
  await removeLeftHelpers(engine);
  const about = await engine.about();
  await provideImages(engine, raw.images, { onLoad: (name) => onTask(`Loading ${name}`), signal });
  const everything = await listEverything(engine, signal);
  const before = isSamePlace(options) ? options.before : null;
  const seed = options.before?.seed || options.seed;
  const taken = takenNames(everything);
  const chosen = await chooseValues(raw.vars, { taken, seed, isPortFree, provided: provided.values });
  const kept: LessonProgress = {
    ...(options.before ?? EMPTY),
    version: raw.version,
    begunAt: options.before?.begunAt ?? Date.now(),
    runs: [...(before?.runs ?? []), options.run],
    made: before?.made ?? [],
    baseline: before?.baseline ?? baselineOf(everything, Date.now()),
    seed,
    values: { ...chosen, ...before?.values, ...broughtAnew(raw, chosen) },
    place: { kind: options.place, host: engine.host },
    workFolder: await workFolder(raw, options),
  };
  const lacks = [
    ...missingNeeds(raw, { family: engine.family, version: about.version, ...provided }),
    ...strangeSwarm(raw, about, kept),
  ];
  const behind = new Set(Object.keys(kept.steps));
  const here = { family: engine.family, features };
  const shown = withWarmUp(raw, { ...here, finished: options.finished, seed, behind });
  const filled = fillIn(shown, kept.values);
  const lesson = lacks.length === 0 ? stepsHere(filled, provided) : asReading(filled);
  const resumed = options.before === null ? null : resume(options.before, lesson);
  return { lesson, engine, about, provided, kept, resumed, lacks };
}

const EMPTY: Omit<LessonProgress, 'version' | 'begunAt'> = {
  doneAt: null,
  steps: {},
  passed: {},
  answers: {},
  hints: {},
  values: {},
  seed: '',
  runs: [],
  made: [],
  baseline: null,
  place: null,
  workFolder: '',
  practised: [],
};

export function newSeed(): string {
  return randomBytes(4).toString('hex');
}

/** What was there when the lesson began is worth knowing only of the same engine. */
function isSamePlace({ before, place, engine }: BeginOptions): boolean {
  return before?.place?.kind === place && before.place.host === engine.host;
}

function takenNames({ container, image, volume, network }: Everything): ReadonlySet<string> {
  const names = [...container, ...volume, ...network].map(({ name }) => name);
  const repositories = image.flatMap((item) =>
    item.kind === 'image'
      ? item.tags.map(withoutLocalhost).flatMap((tag) => [tag, splitImageName(tag).repository])
      : [],
  );
  return new Set([...names, ...repositories]);
}

/** What features bring is there for this time only. */
function broughtAnew({ vars }: Lesson, chosen: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(chosen).filter(([name]) => 'from' in (vars[name] ?? {})));
}

/** Kept from one day to the next, so that what was written is still there. */
async function workFolder(raw: Lesson, { before, workBase }: BeginOptions): Promise<string> {
  const known = before?.workFolder ?? '';
  return known !== '' && existsSync(known) ? known : makeWorkFolder(raw, workBase);
}

/** To be read where it cannot be played: nothing is checked. */
function asReading(lesson: Lesson): Lesson {
  return { ...lesson, steps: lesson.steps.map(readOnly) };
}
