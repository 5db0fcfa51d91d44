import { cleanText } from '../../engine/clean-text.ts';
import type { Lesson } from '../lesson.ts';
import { resume } from './progress-resume.ts';
import type { LessonProgress, Progress } from './progress.ts';

export type Standing = 'new' | 'begun' | 'done' | 'skipped';

/** How one lesson stands, for `slipway progress --json`. Times are milliseconds since the epoch. */
export type LessonStanding = {
  id: string;
  number: number | null;
  title: string;
  /** How long it takes by its author. */
  minutes: number;
  standing: Standing;
  steps: number;
  stepsDone: number;
  stepsSkipped: number;
  begunAt: number | null;
  doneAt: number | null;
};

/** `skipped` where everything is behind but not all of it was done. */
export function standingOf(lesson: Lesson, kept: LessonProgress | undefined): LessonStanding {
  const { id, number, title, minutes } = lesson;
  const asked = withoutLeftOut(lesson, kept);
  const states = kept === undefined ? [] : resume(kept, asked).steps.map(({ state }) => state);
  const stepsDone = states.filter((state) => state === 'done').length;
  const stepsSkipped = states.filter((state) => state === 'skipped').length;
  const isOver = asked.steps.length > 0 && stepsDone + stepsSkipped === asked.steps.length;
  const ended = stepsSkipped > 0 ? 'skipped' : 'done';
  const standing = kept === undefined ? 'new' : isOver ? ended : 'begun';
  return {
    id,
    number,
    title,
    minutes,
    standing,
    steps: asked.steps.length,
    stepsDone,
    stepsSkipped,
    begunAt: kept?.begunAt ?? null,
    doneAt: standing === 'done' ? (kept?.doneAt ?? null) : null,
  };
}

/** A warm-up is left out for those who have nothing to remember yet: it does not count unless it was done. */
function withoutLeftOut(lesson: Lesson, kept: LessonProgress | undefined): Lesson {
  const steps = lesson.steps.filter(({ id, kind }) => kind !== 'warm-up' || kept?.steps[id] !== undefined);
  return { ...lesson, steps };
}

export type ProgressReport = {
  lessons: readonly LessonStanding[];
  done: number;
  /** Of the lessons that are done, by their authors. */
  minutesDone: number;
  /** Lessons that were begun or done once and are not there any more. */
  unknown: readonly string[];
};

/** @param known all lessons there are, where only some of them are asked for */
export function progressReport(
  progress: Progress,
  lessons: readonly Lesson[],
  known: readonly Lesson[] = lessons,
): ProgressReport {
  const standings = lessons.map((lesson) => standingOf(lesson, progress.lessons[lesson.id]));
  const done = standings.filter(({ standing }) => standing === 'done');
  const ids = new Set(known.map(({ id }) => id));
  return {
    lessons: standings,
    done: done.length,
    minutesDone: done.reduce((sum, { minutes }) => sum + minutes, 0),
    unknown: Object.keys(progress.lessons).filter((id) => !ids.has(id)),
  };
}

const MARKS: Readonly<Record<Standing, string>> = { new: ' ', begun: '…', done: '✓', skipped: '»' };

/** What `slipway progress` prints; every mark has its word beside it. */
export function progressText(
  progress: Progress,
  lessons: readonly Lesson[],
  known: readonly Lesson[] = lessons,
): string {
  const report = progressReport(progress, lessons, known);
  const wide = Math.max(0, ...report.lessons.map(({ title }) => title.length));
  const lines = report.lessons.map(
    (lesson) =>
      `${MARKS[lesson.standing]} ${`${lesson.number ?? ''}`.padStart(2)}  ${lesson.title.padEnd(wide)}  ` +
      `${`${lesson.minutes}`.padStart(3)} min  ${words(lesson)}`,
  );
  const gone = report.unknown.map((id) => `  kept of a lesson that is not here: ${cleanText(id)}`);
  return [...lines, ...gone, '', summary(report)].join('\n');
}

function words({ standing, steps, stepsDone, stepsSkipped, doneAt }: LessonStanding): string {
  const skipped = stepsSkipped === 0 ? '' : `, ${stepsSkipped} skipped`;
  switch (standing) {
    case 'new':
      return 'not begun';
    case 'begun':
      return `begun: ${stepsDone} of ${steps} steps done${skipped}`;
    case 'skipped':
      return `skipped: ${stepsDone} of ${steps} steps done${skipped}`;
    case 'done':
      return doneAt === null ? 'done' : `done ${new Date(doneAt).toISOString().slice(0, 10)}`;
  }
}

function summary({ done, lessons, minutesDone }: ProgressReport): string {
  if (lessons.length === 0) return 'There are no lessons here.';
  return `${done} of ${lessons.length} lessons done, ${minutesDone} minutes.`;
}
