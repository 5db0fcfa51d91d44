import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UsageError } from '../../engine/routes/usage-error.ts';
import type { Surroundings } from '../../engine/routes/surroundings.ts';
import { builtInLessons, findLessons, type FoundLesson } from '../../lesson/read/find-lessons.ts';
import type { LessonProblem } from '../../lesson/lesson.ts';
import { lintGlossary } from '../../lesson/glossary/lint-glossary.ts';
import { GLOSSARY_FILE, readGlossary } from '../../lesson/glossary/read-glossary.ts';
import { complainAbout } from '../../lesson/read/parse-problems.ts';
import { readSets } from '../../lesson/read/read-sets.ts';
import { lintLesson } from '../../lesson/lint/lint-lesson.ts';
import { NewLessonRefused, newLesson } from '../../lesson/new-lesson.ts';
import { readLesson } from '../../lesson/read/read-lesson.ts';
import type { Arguments } from '../read-arguments.ts';

const WELL = 0;
const WRONG = 1;

export type LessonCommandIo = {
  surroundings: Surroundings;
  out: (text: string) => void;
  err: (text: string) => void;
};

/** `slipway lesson ACTION`, for authors. Gives the exit code: 1 when something has to be mended. */
export async function lessonCommand(
  { rest, sandbox, sandboxKind }: Arguments,
  io: LessonCommandIo,
): Promise<number> {
  const [action = '', ...words] = rest;
  switch (action) {
    case 'new':
      return begin(words, io);
    case 'lint':
      return lint(words[0], io);
    case 'test': {
      const { testLessons } = await import('./test-lessons.ts');
      return testLessons(await lessonsIn(words[0]), {
        ...io,
        sandbox,
        sandboxKind,
      });
    }
    default:
      throw new UsageError(action, `slipway lesson ${action}: there is no such action.`, [
        'One of: new FOLDER, lint [FOLDER], preview FOLDER, test [FOLDER].',
      ]);
  }
}

async function begin([folder, title]: readonly string[], { out }: LessonCommandIo): Promise<number> {
  if (folder === undefined)
    throw new UsageError('new', 'slipway lesson new needs a folder.', [
      'For instance: slipway lesson new my-lesson',
    ]);
  const id = basename(resolve(folder)).replace(/^\d+-/, '');
  try {
    const files = await newLesson(resolve(folder), id, title ?? titleOf(id));
    out(`${files.join('\n')}\n\nNext: slipway lesson preview ${folder}\n`);
    return WELL;
  } catch (error) {
    if (!(error instanceof NewLessonRefused)) throw error;
    throw new UsageError(folder, error.message, [error.advice]);
  }
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

async function lint(word: string | undefined, { out }: LessonCommandIo): Promise<number> {
  const found = await lessonsIn(word);
  const lessonIds = await knownIds(found);
  const problems = found.flatMap((one) =>
    problemsOf(one, lessonIds).map((problem) => ({ folder: one.folder, problem })),
  );
  if (word === undefined) problems.push(...(await problemsBeside(lessonIds)));
  for (const { folder, problem } of problems) out(`${problemLine(join(folder), problem)}\n`);
  const errors = problems.filter(({ problem }) => problem.severity === 'error').length;
  out(
    `${count(found.length, 'lesson')}: ${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}\n`,
  );
  return errors === 0 ? WELL : WRONG;
}

/** What is wrong with a lesson, for its author: what keeps it from being read, else what lint says. */
export function problemsOf(
  { lesson, tests, files, problems }: FoundLesson,
  lessonIds: readonly string[],
): readonly LessonProblem[] {
  if (lesson === null || files === null) return problems;
  return [...problems, ...lintLesson({ lesson, tests, files, lessonIds })];
}

/** What is wrong with the words and the sets that lie beside Slipway's own lessons. */
async function problemsBeside(
  lessonIds: readonly string[],
): Promise<{ folder: string; problem: LessonProblem }[]> {
  const folder = builtInLessons();
  const { glossary, problems } = await readGlossary(folder);
  lintGlossary(glossary, lessonIds, complainAbout(GLOSSARY_FILE, problems));
  const sets = await readSets(folder, lessonIds);
  return [...problems, ...sets.problems].map((problem) => ({ folder, problem }));
}

async function knownIds(found: readonly FoundLesson[]): Promise<string[]> {
  const own = await findLessons(builtInLessons());
  return [...own, ...found].flatMap(({ lesson }) => (lesson === null ? [] : [lesson.id]));
}

/** One lesson, a folder of them, or all of Slipway's own. */
async function lessonsIn(word: string | undefined): Promise<readonly FoundLesson[]> {
  if (word === undefined) return findLessons(builtInLessons());
  const folder = resolve(word);
  if (existsSync(join(folder, 'lesson.md'))) return [{ ...(await readLesson(folder)), folder }];
  const found = await findLessons(folder);
  if (found.length > 0) return found;
  throw new UsageError(word, `${word} is neither the folder of a lesson nor one with lessons in it.`, [
    'slipway lesson new FOLDER begins one.',
  ]);
}

function problemLine(folder: string, { file, line, severity, text }: LessonProblem): string {
  return `${join(folder, file)}${line === null ? '' : `:${line}`}: ${severity}: ${text}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
