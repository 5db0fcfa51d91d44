import { basename, join } from 'node:path';
import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import { builtInLessons, findLessons } from '../../lesson/read/find-lessons.ts';
import { readGlossary } from '../../lesson/glossary/read-glossary.ts';
import { mythsOf, type Myth } from '../../lesson/myths.ts';
import { readSets } from '../../lesson/read/read-sets.ts';
import { fillIn } from '../../lesson/fill-in.ts';
import { lessonSource } from '../../lesson/trust/lesson-source.ts';
import type { Lesson, LessonProblem } from '../../lesson/lesson.ts';
import { readProgress, writeProgress } from '../../lesson/progress/progress-file.ts';
import { standingOf } from '../../lesson/progress/progress-text.ts';
import { progressFile, type LessonProgress } from '../../lesson/progress/progress.ts';
import { readLesson } from '../../lesson/read/read-lesson.ts';
import { reviewSummary } from '../../lesson/review/review-due.ts';
import { isTrusted, readTrust, trust, trustFile } from '../../lesson/trust/trust.ts';
import { lessonDigest } from '../../lesson/trust/lesson-digest.ts';
import { readDeck, reviewFile } from '../../lesson/review/review-file.ts';
import type { CatalogueEntry } from '../../model/learn-state.ts';
import type { ProgramStore } from '../program-store.ts';
import { startFolder } from '../find-on-path.ts';
import { say } from '../say.ts';
import { newSeed } from './begin-lesson.ts';

export type ShelfOptions = {
  store: ProgramStore;
  env: NodeJS.ProcessEnv;
  home: string;
  /** Where everything about lessons is kept. */
  folder: string;
  language: string | null;
};

export type FoundLesson = { lesson: Lesson; isOwn: boolean } | { why: string; advice: string };

/** The lessons there are, and what is kept of each on the disk. */
export type LessonShelf = {
  workBase: string;
  reviewFile: string;
  find: (word: string) => Promise<FoundLesson>;
  kept: (id: string) => Promise<LessonProgress | null>;
  keep: (id: string, kept: LessonProgress) => Promise<void>;
  /** Of this learner; made when it is first asked for. */
  seed: () => Promise<string>;
  /** Ids of the lessons that are done. */
  finished: () => Promise<ReadonlySet<string>>;
  /** Lessons that can be taken up once this one is done. */
  nextAfter: (id: string) => Promise<readonly Lesson[]>;
  isTrusted: (folder: string) => Promise<boolean>;
  /** Lets the scripts of a stranger's lesson run, as long as its files stay as they are. */
  trust: (folder: string) => Promise<void>;
  tellCatalogue: () => Promise<void>;
  /** Lists lessons by a set from now on, by null all. */
  chooseSet: (set: string | null) => Promise<void>;
  tellGlossary: () => Promise<void>;
  myths: () => Promise<readonly Myth[]>;
  /** All lessons as this learner has seen them. */
  filled: () => Promise<readonly Lesson[]>;
};

export function createLessonShelf({ store, env, home, folder, language }: ShelfOptions): LessonShelf {
  const file = progressFile(env, home);
  const read = async (): Promise<Awaited<ReturnType<typeof readProgress>>> => {
    const found = await readProgress(file);
    if (found.notes.length > 0) say(store, 'bad', found.notes.join(' '));
    return found;
  };
  const all = async (): Promise<readonly Found[]> => findLessons(builtInLessons(), language ?? undefined);
  const lessons = async (): Promise<Lesson[]> =>
    (await all()).flatMap(({ lesson }) => (lesson === null ? [] : [lesson]));
  const finished = async (): Promise<ReadonlySet<string>> => {
    const [known, { progress }] = await Promise.all([lessons(), read()]);
    const isDone = (lesson: Lesson): boolean =>
      standingOf(lesson, progress.lessons[lesson.id]).standing === 'done';
    return new Set(known.filter(isDone).map(({ id }) => id));
  };
  /** What was chosen since the start may not be on the disk yet. */
  let chosen: string | null | undefined;
  const trusts = trustFile(folder);
  const deckFile = reviewFile(folder);
  return {
    workBase: join(folder, 'work'),
    reviewFile: deckFile,
    find: async (word) => findLesson(word, await all(), language),
    kept: async (id) => (await read()).progress.lessons[id] ?? null,
    keep: (id, kept) => writeProgress(file, { lessons: { [id]: kept } }),
    async seed() {
      const { progress } = await read();
      if (progress.seed !== '') return progress.seed;
      const seed = newSeed();
      await writeProgress(file, { seed });
      return seed;
    },
    finished,
    async nextAfter(id) {
      const [known, before] = await Promise.all([lessons(), finished()]);
      const done = new Set([id, ...before]);
      return known.filter(
        (lesson) => !done.has(lesson.id) && lesson.requires.every((other) => done.has(other)),
      );
    },
    isTrusted: async (of) => isTrusted(await readTrust(trusts), await lessonDigest(of)),
    async trust(of) {
      await trust(trusts, { digest: await lessonDigest(of), folder: of, at: Date.now() });
    },
    async tellCatalogue() {
      const [found, { progress }, { deck }] = await Promise.all([all(), read(), readDeck(deckFile)]);
      const known = found.flatMap(({ lesson }) => (lesson === null ? [] : [lesson]));
      const { sets } = await readSets(
        builtInLessons(),
        known.map(({ id }) => id),
      );
      store.dispatch({ type: 'sets-read', sets, chosen: chosen === undefined ? progress.set : chosen });
      const entries = found.map((one) => entryOf(one, progress.lessons));
      const { due } = reviewSummary(deck, known, Date.now());
      store.dispatch({ type: 'catalogue-read', catalogue: { lessons: entries, due } });
    },
    async chooseSet(set) {
      chosen = set;
      store.dispatch({ type: 'set-chosen', set });
      await writeProgress(file, { set: set ?? '' });
    },
    async tellGlossary() {
      if (store.getState().learn.glossary.length > 0) return;
      const { glossary } = await readGlossary(builtInLessons());
      store.dispatch({ type: 'glossary-read', glossary });
    },
    myths: async () => mythsOf(await lessons()),
    async filled() {
      const { progress } = await read();
      return (await lessons()).map((lesson) => fillIn(lesson, progress.lessons[lesson.id]?.values ?? {}));
    },
  };
}

type Found = Awaited<ReturnType<typeof findLessons>>[number];

/** A lesson that cannot be read is known by its folder, without the number. */
function idOf({ lesson, folder }: Found): string {
  return lesson?.id ?? basename(folder).replace(/^\d+-/, '');
}

function entryOf(found: Found, kept: Readonly<Record<string, LessonProgress>>): CatalogueEntry {
  const { lesson, problems } = found;
  if (lesson === null) {
    const id = idOf(found);
    const why = describeProblem(problems.find(({ severity }) => severity === 'error'));
    return {
      id,
      number: null,
      title: id,
      minutes: 0,
      requires: [],
      teaches: [],
      standing: 'new',
      steps: 0,
      stepsDone: 0,
      problem: why,
    };
  }
  const { number, title, minutes, requires, teaches } = lesson;
  const { standing, steps, stepsDone } = standingOf(lesson, kept[lesson.id]);
  return {
    id: lesson.id,
    number,
    title,
    minutes,
    requires,
    teaches,
    standing,
    steps,
    stepsDone,
    problem: '',
  };
}

async function findLesson(
  word: string,
  all: readonly Found[],
  language: string | null,
): Promise<FoundLesson> {
  const source = await lessonSource(word, all.map(idOf), startFolder());
  if (source.kind === 'refused') return { why: source.why, advice: source.advice };
  if (source.kind === 'id') {
    const own = all.find((one) => idOf(one) === source.id);
    if (own?.lesson) return { lesson: own.lesson, isOwn: true };
    const hint = didYouMeanHint(word, all.map(idOf));
    return { why: `There is no lesson “${word}”${hint}`, advice: 'slipway learn lists them all.' };
  }
  const { lesson, problems } = await readLesson(source.folder, language ?? undefined);
  if (lesson !== null) return { lesson, isOwn: all.some((one) => one.lesson?.folder === lesson.folder) };
  const why = describeProblem(problems.find(({ severity }) => severity === 'error'));
  return {
    why: `The lesson in ${source.folder} cannot be read: ${why}`,
    advice: `slipway lesson lint ${word} says all.`,
  };
}

export function describeProblem(problem: LessonProblem | undefined): string {
  if (problem === undefined) return 'it cannot be read';
  return `${problem.file}${problem.line === null ? '' : `:${problem.line}`}: ${problem.text}`;
}
