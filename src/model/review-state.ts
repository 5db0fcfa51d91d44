import type { ReviewCard } from '../lesson/review/review-due.ts';

/** A round of questions on what was learned before. */
export type Review = {
  cards: readonly ReviewCard[];
  /** Index of the card in view; the number of cards once all are answered. */
  at: number;
  /** Option under the cursor. */
  selected: number;
  /** What the card in view was answered with; null until then. */
  chosen: number | null;
  right: number;
  /** When the next cards come after this round, milliseconds since the epoch; null where none do. */
  nextAt: number | null;
  /** When the last answer was given; the day of `nextAt` is named from there. */
  now: number;
};

/** @param nextAt when the first of the cards that are not due now comes */
export function startReview(cards: readonly ReviewCard[], nextAt: number | null, now: number): Review {
  return { cards, at: 0, selected: 0, chosen: null, right: 0, nextAt, now };
}

/** The card in view; null when all are answered, or none was due. */
export function currentCard(review: Review): ReviewCard | null {
  return review.cards[review.at] ?? null;
}

export function moveOption(review: Review, by: number): Review {
  const last = (currentCard(review)?.options.length ?? 1) - 1;
  return { ...review, selected: Math.max(0, Math.min(last, review.selected + by)) };
}

export function chooseOption(review: Review, card: ReviewCard, option: number, now: number): Review {
  const isRight = option === card.answer;
  const comes = now + (isRight ? card.waits.right : card.waits.wrong);
  return {
    ...review,
    selected: option,
    chosen: option,
    right: review.right + (isRight ? 1 : 0),
    nextAt: review.nextAt === null ? comes : Math.min(review.nextAt, comes),
    now,
  };
}

export function nextCard(review: Review): Review {
  return { ...review, at: review.at + 1, selected: 0, chosen: null };
}
