import { inSet } from '../../lesson/lesson-set.ts';
import { chosenSet, type CatalogueEntry, type Learn } from '../learn-state.ts';

/** The lesson to go on with after this one: the next of the set, or of all, that is not done and can be opened. */
export function nextLesson(
  learn: Pick<Learn, 'catalogue' | 'sets' | 'set'>,
  id: string,
): CatalogueEntry | null {
  const lessons = inSet(learn.catalogue?.lessons ?? [], chosenSet(learn));
  const at = lessons.findIndex((entry) => entry.id === id);
  const others = [...lessons.slice(at + 1), ...lessons.slice(0, Math.max(0, at))];
  return others.find(({ standing, problem }) => problem === '' && standing !== 'done') ?? null;
}
