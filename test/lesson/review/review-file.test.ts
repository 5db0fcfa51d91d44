import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../../src/lesson/disk/file-lock.ts';
import { addLesson, answer, EMPTY_DECK } from '../../../src/lesson/review/review-deck.ts';
import { learnFolder } from '../../../src/lesson/learn-folder.ts';
import { changeDeck, readDeck, reviewFile } from '../../../src/lesson/review/review-file.ts';
import { aLesson, aStep, quiz } from '../a-lesson.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-review-'));
  file = reviewFile(learnFolder({ XDG_STATE_HOME: folder }, '/nowhere'));
});
afterEach(() => rm(folder, { recursive: true }));

const many = Array.from({ length: 12 }, (_, i) => `q${i}`);
const lesson = aLesson('layers', [
  aStep(
    'a',
    many.map((id) => quiz(id)),
  ),
]);

test('is below the state folder of the person', () => {
  expect(file).toBe(join(folder, 'slipway', 'learn', 'review.json'));
  expect(learnFolder({ XDG_STATE_HOME: 'here' }, '/home/you')).toBe('/home/you/.local/state/slipway/learn');
});

test('comes back as it was written, and is empty where there is none', async () => {
  expect(await readDeck(file)).toEqual({ deck: EMPTY_DECK, note: '', readOnly: false });
  const deck = await changeDeck(file, (held) => addLesson(held, lesson, 1000));
  expect((await readDeck(file)).deck).toEqual(deck);
});

test('keeps every one of many answers given at once', async () => {
  await changeDeck(file, (held) => addLesson(held, lesson, 1000));
  await Promise.all(many.map((id) => changeDeck(file, (held) => answer(held, `layers/${id}`, true, 2000))));
  expect((await readDeck(file)).deck.cards.map((card) => card.stage)).toEqual(many.map(() => 1));
});

test('leaves out what is no card, and keeps the others', async () => {
  const deck = await changeDeck(file, (held) => addLesson(held, lesson, 1000));
  const broken = { version: 1, cards: [...deck.cards, { id: 'x' }, 7, { ...deck.cards[0], stage: 99 }] };
  await writeFile(file, JSON.stringify(broken));
  expect((await readDeck(file)).deck).toEqual(deck);
});

test('leaves the file of a newer Slipway alone, and says so', async () => {
  await changeDeck(file, (held) => addLesson(held, lesson, 1000));
  const text = '{"version": 2, "cards": {}}';
  await writeFile(file, text);
  expect(await readDeck(file)).toMatchObject({
    readOnly: true,
    note: expect.stringContaining('newer') as string,
  });
  await changeDeck(file, (held) => addLesson(held, lesson, 2000));
  expect(await readFile(file, 'utf8')).toBe(text);
});

test.each(['not json', '[]', '{"version": 1}'])('puts a file aside that says %s', async (text) => {
  await changeDeck(file, (held) => addLesson(held, lesson, 1000));
  await writeFile(file, text);
  const { deck, note } = await readDeck(file);
  const [, aside = ''] = /It was kept as (.*)\.$/.exec(note) ?? [];
  expect(deck).toEqual(EMPTY_DECK);
  expect(await readFile(aside, 'utf8')).toBe(text);
  expect(await readdir(join(file, '..'))).toHaveLength(1);
});

test('a change that cannot be written is told, and the next one is tried', async () => {
  await writeFile(join(folder, 'slipway'), 'a file in the way');
  await expect(changeDeck(file, (held) => addLesson(held, lesson, 1))).rejects.toThrow();
  await rm(join(folder, 'slipway'));
  expect((await changeDeck(file, (held) => addLesson(held, lesson, 1))).cards).toHaveLength(12);
});

test('waits while another Slipway changes the deck, and keeps what that one writes', async () => {
  const { cards } = await changeDeck(file, (held) => addLesson(held, lesson, 1000));
  let mine: Promise<unknown> = Promise.resolve();
  await withLock(`${file}.lock`, async () => {
    mine = changeDeck(file, (held) => answer(held, 'layers/q1', true, 2000));
    // Time enough for a change that would not wait.
    for (let i = 0; i < 100; i += 1) await readFile(file);
    await writeFile(file, JSON.stringify({ version: 1, ...answer({ cards }, 'layers/q0', true, 2000) }));
  });
  await mine;
  expect((await readDeck(file)).deck.cards.slice(0, 3).map((card) => card.stage)).toEqual([1, 1, 0]);
});
