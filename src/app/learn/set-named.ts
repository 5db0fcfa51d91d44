import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import { UsageError } from '../../engine/routes/usage-error.ts';
import { builtInLessons } from '../../lesson/read/find-lessons.ts';
import { readSets } from '../../lesson/read/read-sets.ts';
import type { LessonSet } from '../../lesson/lesson-set.ts';

/** The set of that id. Throws `UsageError` where there is none. */
export function setNamed(sets: readonly LessonSet[], id: string): LessonSet {
  const set = sets.find((one) => one.id === id);
  if (set !== undefined) return set;
  const ids = sets.map((one) => one.id);
  throw new UsageError(id, `${id} is no set of lessons${didYouMeanHint(id, ids)}`, [
    `One of: ${ids.join(', ')}.`,
  ]);
}

/** Throws `UsageError` where `slipway learn` would be opened with a set that there is not. */
export async function checkSet(id: string): Promise<void> {
  setNamed((await readSets(builtInLessons(), [])).sets, id);
}
