/** Lessons that are taken together, for who has so much time. */
export type LessonSet = {
  id: string;
  /** `90 minutes`. */
  title: string;
  /** What one knows afterwards, in a sentence. */
  says: string;
  /** Ids, in the order in which they are taken. */
  lessons: readonly string[];
};

/** Those of a list that are in the set, in its order; all of them where no set is chosen. */
export function inSet<T extends { id: string }>(lessons: readonly T[], set: LessonSet | null): readonly T[] {
  if (set === null) return lessons;
  return set.lessons.flatMap((id) => lessons.find((lesson) => lesson.id === id) ?? []);
}
