import type { Explained } from '../lesson/errors/error-row.ts';
import type { Feature, Lesson } from '../lesson/lesson.ts';
import type { Glossary } from '../lesson/glossary/glossary.ts';
import type { LessonSet } from '../lesson/lesson-set.ts';
import type { Verdict } from '../lesson/verdict.ts';

export type { Explained };

/** Lessons: which there are, and the one that is open. */
export type Learn = {
  /** Null until they have been read. */
  catalogue: Catalogue | null;
  /** Lessons that are taken together, and the id of what is chosen of them; null for all lessons. */
  sets: readonly LessonSet[];
  set: string | null;
  /** Empty until it has been read. */
  glossary: Glossary;
  /** Null while no lesson is open. */
  lesson: OpenLesson | null;
  /** What the engine, or a client, has just refused in the terminal, explained; null where nothing is to be said. */
  explained: Explained | null;
  /** Id of the last command that had been typed when the lesson was opened: what came before does not count for it. */
  typedBefore: number;
};

export type Catalogue = {
  lessons: readonly CatalogueEntry[];
  /** Cards of the review deck that are due. */
  due: number;
};

export type CatalogueEntry = {
  id: string;
  number: number | null;
  title: string;
  minutes: number;
  requires: readonly string[];
  teaches: readonly string[];
  standing: 'new' | 'begun' | 'done' | 'skipped';
  stepsDone: number;
  steps: number;
  /** Why it cannot be opened; empty when it can. */
  problem: string;
};

export type OpenLesson = {
  /** With its variables filled in. */
  lesson: Lesson;
  /** What the engine and its clients can do, for blocks that are `only` for a feature. */
  features?: ReadonlySet<Feature>;
  /** `sandbox`: an engine of Slipway's own. `fence`: the person's engine, where only what is ours is touched. */
  place: 'sandbox' | 'fence';
  /** `why` and `advice` where it could not begin; `task` while something is done for it (`Resetting the step`). */
  phase: 'preparing' | 'running' | 'finished' | 'failed';
  task: string;
  why: string;
  advice: string;
  /** Its scripts may run: it is one of Slipway's own, has none, or the person has agreed. */
  trusted: boolean;
  /** By index of the lesson's steps. */
  steps: readonly StepStanding[];
  /** The step that is to be done. */
  current: number;
  /** The step in view: one may look back. -1 is the intro, the number of steps the notebook. */
  shown: number;
  /** Of the current step’s checks, and of those before it that have to hold still; by check id. */
  verdicts: ReadonlyMap<string, Verdict>;
  /** When each check passed. */
  passed: ReadonlyMap<string, number>;
  checking: boolean;
  /** By block id: which option was chosen last. */
  answers: ReadonlyMap<string, number>;
  /** By step id: how many of its hints are open. The solution counts as one more, after the last hint. */
  hints: ReadonlyMap<string, number>;
  /** First line in view. */
  scroll: number;
  /** Prose as lines of the terminal, by block id; null until it was set for the first time. */
  typeset: Typeset | null;
  /** Markdown; null until the lesson is over. */
  notebook: string | null;
};

/** `at`: when it was ended, or, of one that is open, when it was begun anew. */
export type StepStanding = { state: 'open' | 'done' | 'skipped'; at: number | null };

/** Each line is ready to be drawn: text with SGR codes, at most `width` cells. */
export type Typeset = { width: number; blocks: ReadonlyMap<string, readonly string[]> };

export type LearnEvent =
  | { type: 'catalogue-read'; catalogue: Catalogue }
  | { type: 'sets-read'; sets: readonly LessonSet[]; chosen: string | null }
  | { type: 'set-chosen'; set: string | null }
  | { type: 'glossary-read'; glossary: Glossary }
  | { type: 'lesson-opened'; lesson: OpenLesson }
  /** Its author has saved a file of it: what has the same id stays as it was. */
  | { type: 'lesson-rewritten'; lesson: Lesson }
  | { type: 'lesson-changed'; change: Partial<Omit<OpenLesson, 'lesson'>> }
  | { type: 'checks-judged'; verdicts: ReadonlyMap<string, Verdict>; passed: ReadonlyMap<string, number> }
  | { type: 'step-ended'; step: number; how: 'done' | 'skipped'; at: number }
  | { type: 'step-shown'; step: number }
  | { type: 'question-answered'; block: string; option: number }
  | { type: 'hint-opened'; step: string }
  | { type: 'lesson-closed' }
  | { type: 'error-explained'; explained: Explained | null };

export const NOTHING_LEARNED: Learn = {
  catalogue: null,
  sets: [],
  set: null,
  glossary: [],
  lesson: null,
  explained: null,
  typedBefore: -1,
};

/** Null where all lessons are meant. */
export function chosenSet({ sets, set }: Pick<Learn, 'sets' | 'set'>): LessonSet | null {
  return sets.find(({ id }) => id === set) ?? null;
}

export function reduceLearn(learn: Learn, event: LearnEvent): Learn {
  switch (event.type) {
    case 'catalogue-read':
      return { ...learn, catalogue: event.catalogue };
    case 'sets-read':
      return { ...learn, sets: event.sets, set: event.chosen };
    case 'set-chosen':
      return { ...learn, set: event.set };
    case 'glossary-read':
      return { ...learn, glossary: event.glossary };
    case 'lesson-opened':
      return { ...learn, lesson: event.lesson, explained: null };
    case 'lesson-closed':
      return { ...learn, lesson: null };
    case 'error-explained':
      return learn.explained === event.explained ? learn : { ...learn, explained: event.explained };
    case 'step-shown':
      // What was refused in one step is not to be read as part of another.
      return learn.lesson === null
        ? learn
        : { ...learn, explained: null, lesson: reduceLesson(learn.lesson, event) };
    default:
      return learn.lesson === null ? learn : { ...learn, lesson: reduceLesson(learn.lesson, event) };
  }
}

type LessonEvent = Exclude<
  LearnEvent,
  {
    type:
      | 'catalogue-read'
      | 'sets-read'
      | 'set-chosen'
      | 'glossary-read'
      | 'lesson-opened'
      | 'lesson-closed'
      | 'error-explained';
  }
>;

function reduceLesson(lesson: OpenLesson, event: LessonEvent): OpenLesson {
  switch (event.type) {
    case 'lesson-rewritten':
      return rewrite(lesson, event.lesson);
    case 'lesson-changed':
      return { ...lesson, ...event.change };
    case 'checks-judged':
      return { ...lesson, verdicts: event.verdicts, passed: event.passed, checking: false };
    case 'step-ended':
      return endStep(lesson, event);
    case 'step-shown':
      return { ...lesson, shown: event.step, scroll: 0 };
    case 'question-answered':
      return { ...lesson, answers: new Map([...lesson.answers, [event.block, event.option]]) };
    case 'hint-opened': {
      const open = (lesson.hints.get(event.step) ?? 0) + 1;
      return { ...lesson, hints: new Map([...lesson.hints, [event.step, open]]) };
    }
  }
}

function rewrite(open: OpenLesson, lesson: Lesson): OpenLesson {
  const known = new Map(open.lesson.steps.map(({ id }, i) => [id, open.steps[i]]));
  const steps = lesson.steps.map(({ id }): StepStanding => known.get(id) ?? { state: 'open', at: null });
  const shownId = open.lesson.steps[open.shown]?.id;
  const shown = lesson.steps.findIndex(({ id }) => id === shownId);
  return {
    ...open,
    lesson,
    steps,
    current: firstOpen(steps),
    shown: shown >= 0 ? shown : Math.min(open.shown, lesson.steps.length - 1),
    typeset: null,
  };
}

function firstOpen(steps: readonly StepStanding[]): number {
  const current = steps.findIndex(({ state }) => state === 'open');
  return current < 0 ? steps.length : current;
}

/** The next step becomes the one to be done; it is shown when the person goes on. */
function endStep(
  lesson: OpenLesson,
  { step, how, at }: Extract<LessonEvent, { type: 'step-ended' }>,
): OpenLesson {
  const steps = lesson.steps.map((standing, i) => (i === step ? { state: how, at } : standing));
  return { ...lesson, steps, current: firstOpen(steps) };
}
