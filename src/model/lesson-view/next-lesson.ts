import type { Catalogue, CatalogueEntry } from '../learn-state.ts';

/** The lesson to go on with after this one: the next in the list that is not done and can be opened. */
export function nextLesson(catalogue: Catalogue | null, id: string): CatalogueEntry | null {
  const lessons = catalogue?.lessons ?? [];
  const at = lessons.findIndex((entry) => entry.id === id);
  const others = [...lessons.slice(at + 1), ...lessons.slice(0, Math.max(0, at))];
  return others.find(({ standing, problem }) => problem === '' && standing !== 'done') ?? null;
}
