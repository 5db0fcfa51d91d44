import { inSet, type LessonSet } from '../lesson/lesson-set.ts';
import type { Catalogue, CatalogueEntry } from './learn-state.ts';

/** The lessons of a set, or all, that a search finds, in their order: every word of it in number, title, id or what is taught. */
export function foundLessons(
  catalogue: Catalogue | null,
  search: string,
  set: LessonSet | null,
): readonly CatalogueEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return inSet(catalogue?.lessons ?? [], set).filter((entry) => {
    const text = [entry.number ?? '', entry.title, entry.id, ...entry.teaches].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Lessons that come before this one and are not done, by title. Nobody is kept from opening it without them. */
export function missingBefore(catalogue: Catalogue, entry: CatalogueEntry): readonly string[] {
  return entry.requires.flatMap((id) => {
    const before = catalogue.lessons.find((lesson) => lesson.id === id);
    if (before?.standing === 'done') return [];
    return [before === undefined ? id : before.title];
  });
}
