import { cleanText } from '../../engine/clean-text.ts';
import type { Lesson, Question } from '../lesson.ts';
import { isQuestion, waitAfter, type Card, type Deck } from './review-deck.ts';
import { shuffled } from '../seeded.ts';
import { allBlocks } from '../visible-blocks.ts';

/** A card as it is shown: its question, with the options in an order of their own. */
export type ReviewCard = {
  id: string;
  /** Title of its lesson. */
  lesson: string;
  ask: string;
  options: readonly string[];
  /** Index of the right one. */
  answer: number;
  because: string;
  /** What to say to a wrong option, by its index; empty where nothing is to be said. */
  wrong: readonly string[];
  /** How long it is away after an answer, in milliseconds. */
  waits: { right: number; wrong: number };
};

/** `due`: so many can be asked now. `nextAt`: when the next one after those comes; null where there is none. */
export type ReviewSummary = { due: number; cards: number; nextAt: number | null };

/**
 * The cards to be asked now, lessons mixed: no two cards of one in a row where that can be, the longest overdue of each
 * first. Cards whose
 * lesson or question is gone are left out here, and stay in the deck: they may come back.
 *
 * @param lessons with their variables filled in
 */
export function dueCards(deck: Deck, lessons: readonly Lesson[], now: number): ReviewCard[] {
  const due = askable(deck, lessons).filter(({ card }) => card.due <= now);
  const inOrder = due.toSorted((a, b) => a.card.due - b.card.due || (a.card.id < b.card.id ? -1 : 1));
  return interleave(inOrder).map(({ card, lesson, question }) =>
    // Another order at each showing: the place of the right option must not be what is remembered.
    showCard(card, lesson, question, `${card.id}@${now}`),
  );
}

export function reviewSummary(deck: Deck, lessons: readonly Lesson[], now: number): ReviewSummary {
  const cards = askable(deck, lessons).map(({ card }) => card);
  const later = cards.map((card) => card.due).filter((due) => due > now);
  return {
    due: cards.length - later.length,
    cards: cards.length,
    nextAt: later.length === 0 ? null : later.reduce((a, b) => Math.min(a, b)),
  };
}

type Askable = { card: Card; lesson: Lesson; question: Question };

function askable(deck: Deck, lessons: readonly Lesson[]): Askable[] {
  const byId = new Map(lessons.map((lesson) => [lesson.id, questionsOf(lesson)]));
  return deck.cards.flatMap((card) => {
    const found = byId.get(card.lesson)?.get(card.block);
    return found === undefined ? [] : [{ card, ...found }];
  });
}

function questionsOf(lesson: Lesson): Map<string, { lesson: Lesson; question: Question }> {
  const blocks = lesson.steps.flatMap((step) => allBlocks(step.blocks)).filter(isQuestion);
  return new Map(blocks.map((block) => [block.id, { lesson, question: block.question }]));
}

/**
 * Each time from the lesson that has the most left, and not the one before: only so can the others keep it apart to
 * the end. Between equals, the one whose card is first.
 */
function interleave(cards: readonly Askable[]): Askable[] {
  const left = Map.groupBy(cards, (card) => card.card.lesson);
  const mixed: Askable[] = [];
  while (mixed.length < cards.length) {
    const before = mixed.at(-1)?.card.lesson;
    const others = [...left].filter(([lesson, rest]) => rest.length > 0 && lesson !== before);
    const from = others.length > 0 ? others : [...left].filter(([, rest]) => rest.length > 0);
    const [, most] = from.reduce((a, b) => (b[1].length > a[1].length ? b : a));
    mixed.push(most.shift()!);
  }
  return mixed;
}

function showCard(card: Card, lesson: Lesson, question: Question, seed: string): ReviewCard {
  const order = shuffled(
    question.options.map((_, index) => index),
    seed,
  );
  return {
    id: card.id,
    lesson: cleanText(lesson.title),
    ask: cleanText(question.ask),
    options: order.map((index) => cleanText(question.options[index] ?? '')),
    answer: order.indexOf(question.answer),
    because: cleanText(question.because),
    wrong: order.map((index) => cleanText(question.wrong[index] ?? '')),
    waits: { right: waitAfter(card, true), wrong: waitAfter(card, false) },
  };
}
