import type { CatalogueEntry, OpenLesson } from '../learn-state.ts';
import { keyOf, type Keys } from './key-of.ts';
import { said, type LessonPart } from './lesson-part.ts';

export function notebookParts(lesson: OpenLesson, keys: Keys, next: CatalogueEntry | null): LessonPart[] {
  if (lesson.notebook === null) {
    const text =
      lesson.current >= lesson.lesson.steps.length
        ? 'Writing the notebook …'
        : `The notebook comes when all steps are done; step ${lesson.current + 1} is next.`;
    return [said(text, 'quiet', '…')];
  }
  const lines = [
    next === null
      ? `${keyOf(keys, 'lesson-next')} shows all lessons`
      : `${keyOf(keys, 'lesson-next')} opens the next lesson: ${next.title}`,
    `${keyOf(keys, 'export-notebook')} writes this notebook to a file`,
    `${keyOf(keys, 'clean-up')} removes what the lesson has made`,
  ];
  return [
    said('Lesson done.', 'good', '✓'),
    { kind: 'text', key: 'notebook', markdown: lesson.notebook, label: '' },
    ...lines.map((text) => said(text, 'plain', '›')),
  ];
}
