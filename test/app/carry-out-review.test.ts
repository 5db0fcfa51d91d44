import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerReview, openReview, type ReviewParts } from '../../src/app/learn/carry-out-review.ts';
import { createStore } from '../../src/app/store.ts';
import { addLesson } from '../../src/lesson/review/review-deck.ts';
import { changeDeck, readDeck, reviewFile } from '../../src/lesson/review/review-file.ts';
import { press } from '../../src/model/press.ts';
import { reduce } from '../../src/model/reduce.ts';
import { selectOverlay } from '../../src/model/select-overlay.ts';
import { aLesson, aStep, quiz } from '../lesson/a-lesson.ts';
import { holding, NOW } from '../model/build-state.ts';

const DAY = 86_400_000;
const lesson = aLesson('layers', [aStep('a', [quiz('q1'), quiz('q2')])]);
let folder = '';
let heard = '';
let parts: ReviewParts;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-review-'));
  const store = createStore(reduce, holding());
  heard = '';
  parts = { store, file: reviewFile(folder), lessons: [lesson], complain: (text) => (heard = text) };
});
afterEach(() => rm(folder, { recursive: true }));

/** Presses a key as the program does; answers are kept. */
async function key(name: string): Promise<void> {
  for (const intent of press(parts.store.getState(), name)) {
    if ('event' in intent) parts.store.dispatch(intent.event);
    else if (intent.effect.do === 'answer-review') await answerReview(parts, intent.effect, NOW);
  }
}
const shown = (): string =>
  (selectOverlay(parts.store.getState())?.lines ?? [])
    .map((line) => line.map((p) => p.text).join(''))
    .join('\n');

test('a round is asked from the deck and written back to it', async () => {
  await changeDeck(parts.file, (deck) => addLesson(deck, lesson, NOW - 2 * DAY));
  await openReview(parts, NOW);
  for (let card = 0; card < 2; card += 1) {
    const right = /^ +([a-c]) {2}right$/m.exec(shown())?.[1] ?? '';
    const wrong = right === 'a' ? 'b' : 'a';
    await key(card === 0 ? right : wrong);
    await key('enter');
  }
  expect(shown()).toBe('1 of 2 right; next ones tomorrow.');
  const { deck } = await readDeck(parts.file);
  expect(deck.cards.map((card) => (card.due - NOW) / DAY)).toEqual([3, 1]);
});

test('without a deck it says how to get one', async () => {
  await openReview(parts, NOW);
  expect(shown()).toContain('When you finish a lesson');
});

test('a broken deck is kept aside, and the person hears where', async () => {
  await writeFile(parts.file, '{');
  await openReview(parts, NOW);
  const [, aside = ''] = /kept as (.*)\.$/.exec(heard) ?? [];
  expect(await readFile(aside, 'utf8')).toBe('{');
});

test('a disk that refuses is told, and nothing breaks', async () => {
  await writeFile(join(folder, 'file'), '');
  const refused = { ...parts, file: join(folder, 'file', 'review.json') };
  await openReview(refused, NOW);
  expect(heard).toContain('The review deck cannot be read');
  await answerReview(refused, { card: 'layers/q1', right: true }, NOW);
  expect(heard).toContain('The answer could not be kept');
});
