import { watch } from 'node:fs/promises';
import { fillIn } from '../../lesson/fill-in.ts';
import { lintLesson } from '../../lesson/lint/lint-lesson.ts';
import { readLesson } from '../../lesson/read/read-lesson.ts';
import type { ProgramStore } from '../program-store.ts';
import { say } from '../say.ts';
import { wait } from '../wait.ts';
import { describeProblem } from './lesson-shelf.ts';

/** An editor writes a file in several steps; they are over after so many milliseconds. */
const SETTLES = 120;

export type FollowFilesOptions = {
  store: ProgramStore;
  folder: string;
  language: string | null;
  values: Readonly<Record<string, string>>;
  signal: AbortSignal;
};

/** For authors: reads the open lesson again whenever one of its files changes, and says what is wrong with it. */
export async function followFiles({
  store,
  folder,
  language,
  values,
  signal,
}: FollowFilesOptions): Promise<void> {
  const readAgain = async (): Promise<void> => {
    const { lesson, tests, files, problems } = await readLesson(folder, language ?? undefined);
    if (signal.aborted) return;
    if (lesson === null || files === null)
      return say(store, 'bad', describeProblem(problems.find(({ severity }) => severity === 'error')));
    store.dispatch({ type: 'lesson-rewritten', lesson: fillIn(lesson, values) });
    const found = [...problems, ...lintLesson({ lesson, tests, files, lessonIds: null })];
    if (found.length === 0) say(store, 'good', 'Read again: nothing is wrong with it.');
    else
      say(
        store,
        'plain',
        `Read again. ${describeProblem(found[0])}${found.length > 1 ? ` (and ${found.length - 1} more)` : ''}`,
      );
  };
  try {
    for await (const _ of watch(folder, { recursive: true, signal })) {
      await wait(SETTLES, signal);
      if (!signal.aborted) await readAgain();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
