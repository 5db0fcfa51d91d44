import { describe, expect, test } from 'vitest';
import { addLesson, answer, EMPTY_DECK, type Deck } from '../../../src/lesson/review/review-deck.ts';
import { dueCards, reviewSummary } from '../../../src/lesson/review/review-due.ts';
import { aBlock, aLesson, aQuestion, aStep, prose, quiz } from '../a-lesson.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 2, 28, 22);
const later = (days: number): number => NOW + days * DAY;

const quizzes = (...ids: string[]) => ids.map((id) => quiz(id));
const layers = aLesson('layers', [
  aStep('a', [prose('p', 'x'), ...quizzes('a1', 'a2')]),
  aStep('b', [quiz('b1')]),
]);
const volumes = aLesson('volumes', [aStep('a', quizzes('v1', 'v2'))]);
const due = (deck: Deck): number[] => deck.cards.map((card) => (card.due - NOW) / DAY);

describe('a finished lesson', () => {
  test('puts its questions into the deck, first due after a day', () => {
    const deck = addLesson(EMPTY_DECK, layers, NOW);
    expect(deck.cards.map((card) => card.id)).toEqual(['layers/a1', 'layers/a2', 'layers/b1']);
    expect(due(deck)).toEqual([1, 1, 1]);
  });
  test('finished again, keeps the times of its cards and adds what is new', () => {
    const deck = answer(addLesson(EMPTY_DECK, layers, NOW), 'layers/a1', true, NOW);
    const grown = { ...layers, steps: [...layers.steps, aStep('c', [quiz('c1')])] };
    const again = addLesson(deck, grown, later(2));
    expect(again.cards.slice(0, 3)).toEqual(deck.cards);
    expect(due(again)).toEqual([3, 1, 1, 3]);
    expect(addLesson(again, grown, later(9))).toBe(again);
  });
  test('keeps out its warm-up, and what is not asked on this engine', () => {
    const predict = aBlock('p1', { kind: 'predict', question: aQuestion('what comes') });
    const only = aBlock('o', { kind: 'only', where: { family: 'podman' }, blocks: [quiz('p2')] });
    const lesson = aLesson('l', [
      aStep('w', [quiz('w1')], { kind: 'warm-up' }),
      aStep('t', [predict, only]),
      aStep('r', [quiz('r1')], { kind: 'recap' }),
    ]);
    const ids = (there: Parameters<typeof addLesson>[3]) =>
      addLesson(EMPTY_DECK, lesson, NOW, there).cards.map((card) => card.block);
    expect(ids({ family: 'docker', features: new Set() })).toEqual(['p1', 'r1']);
    expect(ids({ family: 'podman', features: new Set() })).toEqual(['p1', 'p2', 'r1']);
  });
});

describe('an answer', () => {
  const deck = addLesson(EMPTY_DECK, volumes, NOW);
  test('that is right sends the card away for 3, 7, then 21 days, and for 21 ever after', () => {
    let now = NOW;
    let held = deck;
    const waits = [1, 2, 3, 4, 5].map(() => {
      held = answer(held, 'volumes/v1', true, now);
      const wait = (held.cards[0]!.due - now) / DAY;
      now = held.cards[0]!.due;
      return wait;
    });
    expect(waits).toEqual([3, 7, 21, 21, 21]);
    expect(held.cards[1]).toEqual(deck.cards[1]);
  });
  test('that is wrong brings it back in a day, however far it had come', () => {
    const far = answer(answer(deck, 'volumes/v1', true, NOW), 'volumes/v1', true, NOW);
    const back = answer(far, 'volumes/v1', false, later(7));
    expect(due(back)).toEqual([8, 1]);
    expect(answer(back, 'volumes/v1', true, later(8)).cards[0]!.due).toBe(later(11));
  });
  test('to a card that is not there changes none', () => {
    expect(answer(deck, 'volumes/none', true, NOW)).toEqual(deck);
  });
});

describe('what is due', () => {
  const deck = addLesson(addLesson(EMPTY_DECK, layers, NOW), volumes, NOW);
  test('is nothing before the day is over, and all of it to the millisecond then', () => {
    expect(dueCards(deck, [layers, volumes], later(1) - 1)).toEqual([]);
    expect(dueCards(deck, [layers, volumes], later(1))).toHaveLength(5);
  });
  test('mixes lessons: no two cards of one in a row where that can be', () => {
    const order = dueCards(deck, [layers, volumes], later(1)).map((card) => card.lesson);
    expect(order).toEqual([layers, volumes, layers, volumes, layers].map((lesson) => lesson.title));
  });
  test('asks on when only one lesson has cards left', () => {
    expect(dueCards(deck, [layers], later(1)).map((card) => card.id)).toHaveLength(3);
  });
  test('leaves out what is gone from the lessons, and keeps it in the deck', () => {
    const shorter = { ...layers, steps: layers.steps.slice(1) };
    const ids = dueCards(deck, [shorter], later(1)).map((card) => card.id);
    expect(ids).toEqual(['layers/b1']);
    expect(reviewSummary(deck, [shorter], later(1))).toEqual({ due: 1, cards: 1, nextAt: null });
    expect(answer(deck, 'layers/b1', true, later(1)).cards).toHaveLength(5);
  });
  test('counts what is due, and knows when the next one comes', () => {
    const answered = answer(deck, 'layers/a1', true, later(1));
    const lessons = [layers, volumes];
    expect(reviewSummary(answered, lessons, later(1))).toEqual({ due: 4, cards: 5, nextAt: later(4) });
    expect(reviewSummary(EMPTY_DECK, lessons, NOW)).toEqual({ due: 0, cards: 0, nextAt: null });
  });
});

describe('a card as it is shown', () => {
  const deck = addLesson(EMPTY_DECK, volumes, NOW);
  const shown = (now: number) => dueCards(deck, [volumes], now)[0]!;
  test('has each reason beside its option, in every order, and no order is the rule', () => {
    const orders = new Set<string>();
    for (let i = 0; i < 60; i += 1) {
      const card = shown(later(1) + i);
      orders.add(card.options.join());
      expect(card.options[card.answer]).toBe('right');
      expect(card.wrong[card.options.indexOf('wrong one')]).toBe('Not one.');
      expect(card.wrong[card.options.indexOf('wrong two')]).toBe('Not two.');
    }
    expect(orders.size).toBe(6);
    expect(shown(later(2))).toEqual(shown(later(2)));
  });
  test('brings nothing to the screen that steers a terminal', () => {
    const nasty = aLesson('volumes', [
      aStep('a', [quiz('v1', { ask: 'a\u001b[2Jb', because: 'c\u0007d\nnext' })]),
    ]);
    const [card] = dueCards(deck, [nasty], later(1));
    expect(card).toMatchObject({ ask: 'ab', because: 'cd next' });
  });
});
