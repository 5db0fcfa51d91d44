import { readdir } from 'node:fs/promises';
import { UsageError } from '../../engine/routes/usage-error.ts';
import { builtInLessons } from '../../lesson/read/find-lessons.ts';
import { lessonSource } from '../../lesson/trust/lesson-source.ts';
import { startFolder } from '../find-on-path.ts';

/**
 * Throws `UsageError` for what `slipway learn` cannot open: an address, an archive, a name that no lesson has. On the
 * command line there is room for the whole reason, and for what to do instead.
 */
export async function refuseLesson(word: string): Promise<void> {
  const source = await lessonSource(word, await knownIds(), startFolder());
  if (source.kind === 'refused') throw new UsageError(word, source.why, [source.advice]);
}

/** By their folders, which is all that is needed before anything is drawn. */
async function knownIds(): Promise<string[]> {
  const entries = await readdir(builtInLessons(), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name.replace(/^\d+-/, ''));
}
