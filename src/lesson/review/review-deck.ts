import type { Block, Lesson } from '../lesson.ts';
import { allBlocks, visibleBlocks, type Here } from '../visible-blocks.ts';

/** Questions of finished lessons, each coming back after ever longer times. */
export type Deck = { cards: readonly Card[] };

export type Card = {
  /** `lesson/block`. */
  id: string;
  lesson: string;
  /** Id of the block with the question. */
  block: string;
  /** Index in `SPACING` of the time that it now waits. */
  stage: number;
  /** From then on it is due, milliseconds since the epoch. */
  due: number;
};

export type QuestionBlock = Extract<Block, { kind: 'quiz' | 'predict' }>;

const DAY = 86_400_000;
/** Days until a card comes back; after the last, it goes on coming back as seldom as that. */
export const SPACING = [1, 3, 7, 21] as const;
const LAST_STAGE = SPACING.length - 1;

export const EMPTY_DECK: Deck = { cards: [] };

/**
 * Puts the questions of a finished lesson into the deck; those that are there already keep their times. Questions of
 * its warm-up are left out: they ask about another lesson, whose own questions are in the deck.
 *
 * @param here leaves out the questions that are not asked on such an engine; null takes all
 */
export function addLesson(deck: Deck, lesson: Lesson, now: number, here: Here | null = null): Deck {
  const known = new Set(deck.cards.map((card) => card.id));
  const blocks = lesson.steps
    .filter((step) => step.kind !== 'warm-up')
    .flatMap((step) => (here === null ? allBlocks(step.blocks) : visibleBlocks(step.blocks, here)));
  const added = blocks
    .filter(isQuestion)
    .map((block) => makeCard(lesson.id, block.id, now))
    .filter((card) => !known.has(card.id));
  return added.length === 0 ? deck : { cards: [...deck.cards, ...added] };
}

function makeCard(lesson: string, block: string, now: number): Card {
  return { id: `${lesson}/${block}`, lesson, block, stage: 0, due: dueAfter(0, now) };
}

export function isQuestion(block: Block): block is QuestionBlock {
  return block.kind === 'quiz' || block.kind === 'predict';
}

/** After a right answer a card waits longer, after a wrong one a day. A card that is not in the deck changes nothing. */
export function answer(deck: Deck, cardId: string, right: boolean, now: number): Deck {
  return {
    cards: deck.cards.map((card) => {
      if (card.id !== cardId) return card;
      return { ...card, stage: stageAfter(card, right), due: now + waitAfter(card, right) };
    }),
  };
}

function stageAfter(card: Card, right: boolean): number {
  return right ? Math.min(LAST_STAGE, card.stage + 1) : 0;
}

/** How long the card waits after such an answer, in milliseconds. */
export function waitAfter(card: Card, right: boolean): number {
  return dueAfter(stageAfter(card, right), 0);
}

/** Whole days of 24 hours: midnight and summer time play no part. */
function dueAfter(stage: number, now: number): number {
  return now + SPACING[Math.min(LAST_STAGE, stage)]! * DAY;
}
