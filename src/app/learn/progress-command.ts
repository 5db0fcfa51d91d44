import { inSet } from '../../lesson/lesson-set.ts';
import { builtInLessons, findLessons } from '../../lesson/read/find-lessons.ts';
import { readSets } from '../../lesson/read/read-sets.ts';
import { setNamed } from './set-named.ts';
import { readProgress } from '../../lesson/progress/progress-file.ts';
import { progressReport, progressText } from '../../lesson/progress/progress-text.ts';
import { progressFile } from '../../lesson/progress/progress.ts';

export type ProgressOptions = {
  env: NodeJS.ProcessEnv;
  home: string;
  json: boolean;
  /** Id of a set, for its lessons alone; null for all. */
  set: string | null;
  stdout: { write: (text: string) => unknown };
};

/** `slipway progress`: how far the person has come, as text or JSON. Gives the exit code. */
export async function progressCommand({ env, home, json, set, stdout }: ProgressOptions): Promise<number> {
  const [{ progress, notes }, found] = await Promise.all([
    readProgress(progressFile(env, home)),
    findLessons(builtInLessons()),
  ]);
  const all = found.flatMap(({ lesson }) => (lesson === null ? [] : [lesson]));
  const { sets } = await readSets(
    builtInLessons(),
    all.map(({ id }) => id),
  );
  const chosen = set === null ? null : setNamed(sets, set);
  const lessons = inSet(all, chosen);
  const text = json
    ? JSON.stringify({ ...progressReport(progress, lessons, all), set, notes }, null, 2)
    : [
        ...(chosen === null ? [] : [`${chosen.title}: ${chosen.says}`, '']),
        progressText(progress, lessons, all),
        ...notes,
      ].join('\n');
  stdout.write(`${text}\n`);
  return 0;
}
