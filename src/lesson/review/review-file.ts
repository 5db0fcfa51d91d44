import { join } from 'node:path';
import * as v from 'valibot';
import { changeFile } from '../disk/change-file.ts';
import { putAside, readState } from '../disk/read-state.ts';
import { writeAtomically } from '../disk/write-atomically.ts';
import { EMPTY_DECK, SPACING, type Deck } from './review-deck.ts';

export function reviewFile(folder: string): string {
  return join(folder, 'review.json');
}

const VERSION = 1;
const FILE = v.object({ version: v.literal(VERSION), cards: v.array(v.unknown()) });
const NEWER = v.object({ version: v.pipe(v.number(), v.gtValue(VERSION)) });
const CARD = v.object({
  id: v.string(),
  lesson: v.string(),
  block: v.string(),
  stage: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(SPACING.length - 1)),
  due: v.pipe(v.number(), v.integer()),
});

/** `note`: what the person should know, else empty. `readOnly`: the file is left alone, and nothing is kept. */
export type ReadDeck = { deck: Deck; note: string; readOnly: boolean };

/** An entry that is no card is left out; a file that is no deck is put aside, and the deck begins anew. */
export async function readDeck(file: string): Promise<ReadDeck> {
  const { value, aside } = await readState(file);
  if (value === null) return beginAnew(aside);
  if (v.is(NEWER, value))
    return {
      deck: EMPTY_DECK,
      note: `${file} was written by a newer Slipway, so it is left alone and no answer is kept. Update Slipway.`,
      readOnly: true,
    };
  const read = v.safeParse(FILE, value);
  if (!read.success) return beginAnew(await putAside(file));
  const cards = read.output.cards.flatMap((card) => {
    const one = v.safeParse(CARD, card);
    return one.success ? [one.output] : [];
  });
  return { deck: { cards }, note: '', readOnly: false };
}

function beginAnew(aside: string | null): ReadDeck {
  const note = aside === null ? '' : `The review deck could not be read. It was kept as ${aside}.`;
  return { deck: EMPTY_DECK, note, readOnly: false };
}

/** Reads the deck anew, changes it and writes it; gives what was written. */
export function changeDeck(file: string, change: (deck: Deck) => Deck): Promise<Deck> {
  return changeFile(file, async () => {
    const { deck, readOnly } = await readDeck(file);
    const next = change(deck);
    if (next !== deck && !readOnly)
      await writeAtomically(file, `${JSON.stringify({ version: VERSION, ...next }, null, 2)}\n`);
    return next;
  });
}
