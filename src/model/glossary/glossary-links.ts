import type { GlossaryWord } from '../../lesson/glossary/glossary.ts';
import { seenAt } from '../../lesson/glossary/seen-at.ts';
import type { Catalogue, CatalogueEntry } from '../learn-state.ts';

/** Where one can go from an entry of the glossary. */
export type GlossaryLink = { label: string; text: string } & (
  | { to: 'place'; look: string }
  | { to: 'lesson'; lesson: CatalogueEntry }
  | { to: 'word'; word: string }
);

/** First to the thing itself, then to what teaches it, then to its neighbours. */
export function glossaryLinks(
  { look, lessons, related, not }: GlossaryWord,
  catalogue: Catalogue | null,
): readonly GlossaryLink[] {
  const words = [...new Set([...not.map(({ word }) => word), ...related])];
  return [
    ...(look === '' ? [] : [{ to: 'place' as const, look, label: 'See it', text: seenAt(look) }]),
    ...lessons.flatMap((id): GlossaryLink[] => {
      const lesson = catalogue?.lessons.find((entry) => entry.id === id);
      if (lesson === undefined) return [];
      const number = lesson.number === null ? '' : `${lesson.number} · `;
      return [{ to: 'lesson', lesson, label: 'Lesson', text: `${number}${lesson.title}` }];
    }),
    ...words.map((word) => ({ to: 'word' as const, word, label: 'Word', text: word })),
  ];
}
