import type { Intent } from '../intents.ts';
import type { Action } from './action.ts';

/** Asks for the questions that are due; the overlay comes when they have been read. */
export function openReview(): readonly Intent[] {
  return [{ effect: { do: 'open-review' } }];
}

export const REVIEW_ACTION: Action = {
  id: 'review',
  title: 'Review what you have learned',
  keys: ['Q'],
  scope: 'everywhere',
  perform: openReview,
};
