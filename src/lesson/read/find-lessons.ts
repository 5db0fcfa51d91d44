import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { numberOf } from './parse-lesson.ts';
import { readLesson, type ReadLesson } from './read-lesson.ts';

export type FoundLesson = ReadLesson & { folder: string };

/** The bundle lies flat in dist/, with its lessons in assets/; in the source tree they are beside src/. */
export function builtInLessons(): string {
  const isBundle = !import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(isBundle ? './assets/lessons' : '../../../lessons', import.meta.url));
}

/**
 * All lessons of a folder in the order of their numbers, each with what is wrong with it; a lesson that cannot be read
 * costs itself and no other. Throws where the folder itself cannot be read.
 */
export async function findLessons(root: string, language?: string): Promise<readonly FoundLesson[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(root, name))
    .toSorted(byNumber);
  const lessons: FoundLesson[] = [];
  for (const folder of folders) lessons.push({ folder, ...(await readLesson(folder, language)) });
  return lessons.map((found, i) => withoutDouble(found, lessons.slice(0, i)));
}

function byNumber(a: string, b: string): number {
  return (numberOf(a) ?? Infinity) - (numberOf(b) ?? Infinity) || (a < b ? -1 : 1);
}

/** Progress goes by the id, so that of two with the same one the second cannot be played. */
function withoutDouble(found: FoundLesson, before: readonly FoundLesson[]): FoundLesson {
  const same = before.find(({ lesson }) => lesson !== null && lesson.id === found.lesson?.id);
  if (same === undefined) return found;
  const text = `the lesson in ${same.folder} has the same id: “${found.lesson?.id}”`;
  return {
    ...found,
    lesson: null,
    problems: [...found.problems, { file: 'lesson.md', line: 1, severity: 'error', text }],
  };
}
