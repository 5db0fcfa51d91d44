import type { Kind } from '../../engine/objects.ts';
import type { Leftover } from '../../lesson/fence/leftovers.ts';
import type { Things } from '../../lesson/notebook/notebook-changes.ts';
import { notebook, type NotebookFacts } from '../../lesson/notebook/notebook.ts';
import type { OpenLesson } from '../../model/learn-state.ts';

export type NotebookParts = Pick<NotebookFacts, 'commands' | 'family' | 'features' | 'next' | 'at'> & {
  open: OpenLesson;
  /** What the lesson has made and is there still, and what of it was cleaned up. */
  leftovers: readonly Leftover[];
  cleanedUp: readonly Leftover[];
};

/** The notebook of a lesson that is over. */
export function notebookOf({ open, leftovers, cleanedUp, ...facts }: NotebookParts): string {
  const changes = { made: thingsOf([...leftovers, ...cleanedUp]), cleanedUp: thingsOf(cleanedUp) };
  const { lesson, steps, answers } = open;
  return notebook({ ...facts, lesson, standing: steps, answers, changes });
}

function thingsOf(things: readonly Leftover[]): Things {
  const named = (kind: Kind): string[] => [
    ...new Set(things.filter((t) => t.kind === kind).map((t) => t.name)),
  ];
  return {
    container: named('container'),
    image: named('image'),
    volume: named('volume'),
    network: named('network'),
  };
}
