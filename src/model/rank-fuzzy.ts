import type { Span } from './filter.ts';
import { foldCase } from './fold-case.ts';

export type Ranked<T> = { item: T; score: number; spans: readonly Span[] };

const FOUND = 1;
const AFTER_FOUND = 5;
const AT_WORD_START = 8;
const AT_START = 4;

/**
 * The items in whose text the letters of every word of the query come in order, best first; the order of `items`
 * decides between equals. Letters side by side and at the beginning of words count most: `rc` finds “Restart
 * container” before “Remove force”. An empty query keeps all.
 */
export function rankFuzzy<T>(query: string, items: readonly T[], text: (item: T) => string): Ranked<T>[] {
  const words = foldCase(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const ranked: Ranked<T>[] = [];
  for (const item of items) {
    const found = matchWords(words, text(item));
    if (found !== null) ranked.push({ item, ...found });
  }
  return ranked.toSorted((a, b) => b.score - a.score);
}

function matchWords(words: readonly string[], text: string): { score: number; spans: Span[] } | null {
  const folded = foldCase(text);
  const positions = new Set<number>();
  // Of two texts that match alike, the shorter one is nearer to what was typed.
  let score = -text.length / 1000;
  for (const word of words) {
    const found = bestMatch(word, folded, text);
    if (found === null) return null;
    score += found.score;
    for (const position of found.positions) positions.add(position);
  }
  return { score, spans: spansOf([...positions].toSorted((a, b) => a - b)) };
}

type Match = { score: number; positions: readonly number[] };

/** The best way to find the letters in order. `best[i]` ends with the letter so far at position `i` of the text. */
function bestMatch(word: string, folded: string, text: string): Match | null {
  let best: (Match | null)[] = [];
  for (let letter = 0; letter < word.length; letter += 1) {
    best = extend(word, letter, folded, text, best);
    if (best.every((match) => match === null)) return null;
  }
  return best.reduce((a, b) => (b !== null && (a === null || b.score > a.score) ? b : a), null);
}

function extend(
  word: string,
  letter: number,
  folded: string,
  text: string,
  before: readonly (Match | null)[],
): (Match | null)[] {
  let earlier: Match | null = null;
  return Array.from({ length: folded.length }, (_, at) => {
    const neighbour = before[at - 1] ?? null;
    const older = earlier;
    if (neighbour !== null && (earlier === null || neighbour.score > earlier.score)) earlier = neighbour;
    if (folded[at] !== word[letter]) return null;
    const here = FOUND + (isWordStart(text, at) ? AT_WORD_START : 0) + (at === 0 ? AT_START : 0);
    if (letter === 0) return { score: here, positions: [at] };
    return better(step(neighbour, here + AFTER_FOUND, at), step(older, here, at));
  });
}

function step(from: Match | null, score: number, at: number): Match | null {
  return from === null ? null : { score: from.score + score, positions: [...from.positions, at] };
}

function better(a: Match | null, b: Match | null): Match | null {
  if (a === null || b === null) return a ?? b;
  return a.score >= b.score ? a : b;
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text[at - 1] ?? '';
  if (!/[\p{L}\p{N}]/u.test(before)) return true;
  return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(text[at] ?? '');
}

function spansOf(positions: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (const at of positions) {
    const before = spans.at(-1);
    if (before?.to === at) before.to += 1;
    else spans.push({ from: at, to: at + 1 });
  }
  return spans;
}
