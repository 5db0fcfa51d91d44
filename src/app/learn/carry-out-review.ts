import type { Lesson } from '../../lesson/lesson.ts';
import { answer } from '../../lesson/review/review-deck.ts';
import { dueCards, reviewSummary } from '../../lesson/review/review-due.ts';
import { changeDeck, readDeck } from '../../lesson/review/review-file.ts';
import { startReview } from '../../model/review-state.ts';
import type { ProgramStore } from '../program-store.ts';

/** Where the deck is, and the lessons that its questions stand in, with their variables filled in. */
export type ReviewParts = {
  store: ProgramStore;
  file: string;
  lessons: readonly Lesson[];
  /** Tells the person what went wrong. */
  complain: (text: string) => void;
};

/** Shows the questions that are due, or says when the next ones come. */
export function openReview({ store, file, lessons, complain }: ReviewParts, now: number): Promise<void> {
  return orSay(complain, 'The review deck cannot be read', async () => {
    const { deck, note } = await readDeck(file);
    const cards = dueCards(deck, lessons, now);
    const review = startReview(cards, reviewSummary(deck, lessons, now).nextAt, now);
    store.dispatch({ type: 'overlay-opened', overlay: { kind: 'review', review } });
    if (note !== '') complain(note);
  });
}

/** Keeps an answer; the review goes on meanwhile. */
export function answerReview(
  { file, complain }: Pick<ReviewParts, 'file' | 'complain'>,
  { card, right }: { card: string; right: boolean },
  now: number,
): Promise<void> {
  return orSay(complain, 'The answer could not be kept', async () => {
    await changeDeck(file, (deck) => answer(deck, card, right, now));
  });
}

/** What the disk says is the person's to mend; it is no reason to stop. */
async function orSay(
  complain: ReviewParts['complain'],
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    complain(`${what}: ${error.message}`);
  }
}
