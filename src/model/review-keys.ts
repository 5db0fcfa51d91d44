import type { ReviewCard } from '../lesson/review/review-due.ts';
import type { Intent } from './intents.ts';
import { chooseOption, currentCard, moveOption, nextCard, type Review } from './review-state.ts';
import type { State } from './state.ts';

const close: Intent = { event: { type: 'overlay-closed' } };
const change = (review: Review): Intent => ({
  event: { type: 'overlay-changed', overlay: { kind: 'review', review } },
});

const STEPS: Readonly<Record<string, number>> = {
  up: -1,
  k: -1,
  'shift-tab': -1,
  down: 1,
  j: 1,
  tab: 1,
  home: -Infinity,
  end: Infinity,
};

/** Letters and numbers answer at once, as they stand before the options. */
export const OPTION_KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];
const NUMBER_KEYS = ['1', '2', '3', '4', '5', '6'];

/** A key while a question of the review is in view. What was answered is kept, so one may stop at any time. */
export function pressReview(state: State, review: Review, key: string): readonly Intent[] {
  const card = currentCard(review);
  const goesOn = key === 'enter' || key === 'space';
  if (key === 'esc' || key === 'q' || (card === null && goesOn)) return [close];
  if (card === null) return [];
  if (review.chosen !== null) return goesOn ? [change(nextCard(review))] : [];
  const by = STEPS[key];
  if (by !== undefined) return [change(moveOption(review, by))];
  const option = goesOn ? review.selected : Math.max(OPTION_KEYS.indexOf(key), NUMBER_KEYS.indexOf(key));
  return option >= 0 && option < card.options.length ? answerWith(state, review, card, option) : [];
}

function answerWith(state: State, review: Review, card: ReviewCard, option: number): readonly Intent[] {
  const right = option === card.answer;
  return [
    change(chooseOption(review, card, option, state.now)),
    { effect: { do: 'answer-review', card: card.id, right } },
  ];
}
