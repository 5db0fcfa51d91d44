import { builtInLessons, findLessons } from '../../lesson/read/find-lessons.ts';
import { readProgress } from '../../lesson/progress/progress-file.ts';
import { progressReport, progressText } from '../../lesson/progress/progress-text.ts';
import { progressFile } from '../../lesson/progress/progress.ts';

export type ProgressOptions = {
  env: NodeJS.ProcessEnv;
  home: string;
  json: boolean;
  stdout: { write: (text: string) => unknown };
};

/** `slipway progress`: how far the person has come, as text or JSON. Gives the exit code. */
export async function progressCommand({ env, home, json, stdout }: ProgressOptions): Promise<number> {
  const [{ progress, notes }, found] = await Promise.all([
    readProgress(progressFile(env, home)),
    findLessons(builtInLessons()),
  ]);
  const lessons = found.flatMap(({ lesson }) => (lesson === null ? [] : [lesson]));
  const text = json
    ? JSON.stringify({ ...progressReport(progress, lessons), notes }, null, 2)
    : [progressText(progress, lessons), ...notes].join('\n');
  stdout.write(`${text}\n`);
  return 0;
}
