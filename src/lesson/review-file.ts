import { join } from 'node:path';
import * as v from 'valibot';
import { putAside, readState } from './read-state.ts';
import { EMPTY_DECK, SPACING, type Deck } from './review-deck.ts';
import { writeAtomically } from './write-atomically.ts';

/** Where what was learned is kept: `$XDG_STATE_HOME/slipway/learn`, else below `~/.local/state`. */
export function learnFolder(env: NodeJS.ProcessEnv, home: string): string {
  return join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'slipway', 'learn');
}

export function reviewFile(folder: string): string {
  return join(folder, 'review.json');
}

const FILE = v.object({ version: v.literal(1), cards: v.array(v.unknown()) });
const CARD = v.object({
  id: v.string(),
  lesson: v.string(),
  block: v.string(),
  stage: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(SPACING.length - 1)),
  due: v.pipe(v.number(), v.integer()),
});

/** `aside`: where a file that is no deck was moved; null where all was well. */
export type ReadDeck = { deck: Deck; aside: string | null };

/** An entry that is no card is left out; a file that is no deck is put aside, and the deck begins anew. */
export async function readDeck(file: string): Promise<ReadDeck> {
  const { value, aside } = await readState(file);
  if (value === null) return { deck: EMPTY_DECK, aside };
  const read = v.safeParse(FILE, value);
  if (!read.success) return { deck: EMPTY_DECK, aside: await putAside(file) };
  const cards = read.output.cards.flatMap((card) => {
    const one = v.safeParse(CARD, card);
    return one.success ? [one.output] : [];
  });
  return { deck: { cards }, aside: null };
}

/** Changes wait for each other: two answers in a row must not write over one another. */
let lastChange: Promise<unknown> = Promise.resolve();

/** Reads the deck anew, changes it and writes it; gives what was written. */
export function changeDeck(file: string, change: (deck: Deck) => Deck): Promise<Deck> {
  const changed = lastChange.then(async () => {
    const { deck } = await readDeck(file);
    const next = change(deck);
    if (next !== deck) await writeAtomically(file, `${JSON.stringify({ version: 1, ...next }, null, 2)}\n`);
    return next;
  });
  // Whoever asked for a change hears that it failed; the one after it is tried all the same.
  lastChange = changed.catch(() => undefined);
  return changed;
}
