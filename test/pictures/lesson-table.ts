import { builtInLessons, findLessons } from '../../src/lesson/read/find-lessons.ts';
import type { LessonResult, LessonResults } from '../lessons/lesson-results.ts';

/** What of the names of engines is one column; of several in it, the newest that was tried. */
const COLUMNS: readonly (readonly [title: string, engine: RegExp])[] = [
  ['Docker 20.10', /^docker 20\.10$/],
  ['Docker 26', /^docker 26\./],
  ['Podman 4.3', /^podman 4\.3$/],
  ['Podman 5.4', /^podman 5\.4$/],
  ['Podman, rootless', /^rootless podman /],
];

const MARKS = { played: '✓ played', blocked: '– blocked', failed: '✗ fails' } as const;

export type LessonTable = {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  notes: readonly string[];
};

/** Each lesson on each engine as it was tried last; below it, why one is blocked. */
export async function lessonTable(results: LessonResults): Promise<LessonTable> {
  const lessons = (await findLessons(builtInLessons())).flatMap(({ lesson }) =>
    lesson === null ? [] : [lesson],
  );
  const notes: string[] = [];
  const noted = (why: string): string => {
    if (!notes.includes(why)) notes.push(why);
    return ` (${notes.indexOf(why) + 1})`;
  };
  const rows = lessons.map(({ id, number, title }) => [
    String(number ?? ''),
    title,
    ...COLUMNS.map(([, engine]) => cellOf(newest(results[id] ?? {}, engine), noted)),
  ]);
  return { head: ['', 'Lesson', ...COLUMNS.map(([title]) => title)], rows, notes };
}

function newest(of: Readonly<Record<string, LessonResult>>, engine: RegExp): LessonResult | null {
  const names = Object.keys(of).filter((name) => engine.test(name));
  const last = names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  return last === undefined ? null : (of[last] ?? null);
}

function cellOf(result: LessonResult | null, noted: (why: string) => string): string {
  if (result === null) return 'not run';
  return `${MARKS[result.outcome]}${result.outcome === 'blocked' ? noted(result.why) : ''}`;
}
