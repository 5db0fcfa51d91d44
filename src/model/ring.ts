/**
 * A bounded list that is never changed in place: appending makes a new one that shares nearly everything with the
 * old, in time proportional to the batch. Items have numbers that they keep for good; the oldest are forgotten.
 */
export type Ring<T> = {
  /** Number of the oldest item that is kept, and thereby how many were forgotten. */
  first: number;
  /** The number that the next item will get. */
  end: number;
  weight: number;
  limits: RingLimits<T>;
  chunks: readonly Chunk<T>[];
};

export type RingLimits<T> = { items: number; weight: number; weigh: (item: T) => number };

/** `items` only ever grows; a ring reads of it what lies below its own `end`. */
type Chunk<T> = { start: number; items: T[]; weight: number };

const CHUNK_ITEMS = 256;
/** A chunk is let go of as a whole, so it must not be much of what the ring may hold. */
const CHUNKS_BY_WEIGHT = 64;

export function emptyRing<T>(limits: RingLimits<T>): Ring<T> {
  return { first: 0, end: 0, weight: 0, limits, chunks: [] };
}

export function appendToRing<T>(ring: Ring<T>, batch: readonly T[]): Ring<T> {
  if (batch.length === 0) return ring;
  const chunks = [...ring.chunks];
  let { end, weight } = ring;
  for (const item of batch) {
    const grams = ring.limits.weigh(item);
    const chunk = openChunk(ring.limits, chunks, end);
    chunk.items.push(item);
    chunk.weight += grams;
    weight += grams;
    end += 1;
  }
  return forgetOldest({ ...ring, end, weight, chunks });
}

/** The chunk that the item with the number `end` goes to; a fresh object, so that older rings keep theirs. */
function openChunk<T>(limits: RingLimits<T>, chunks: Chunk<T>[], end: number): Chunk<T> {
  const last = chunks.at(-1);
  const length = last === undefined ? 0 : end - last.start;
  if (last === undefined || length >= CHUNK_ITEMS || last.weight * CHUNKS_BY_WEIGHT > limits.weight) {
    chunks.push({ start: end, items: [], weight: 0 });
  } else {
    // Another ring that grew out of the same one has written here: leave that to it.
    const items = last.items.length === length ? last.items : last.items.slice(0, length);
    chunks[chunks.length - 1] = { ...last, items };
  }
  return chunks.at(-1) ?? { start: end, items: [], weight: 0 };
}

/** The newest item stays, however heavy. */
function forgetOldest<T>(ring: Ring<T>): Ring<T> {
  const { limits, end } = ring;
  let { first, weight } = ring;
  while (first < end - 1 && (end - first > limits.items || weight > limits.weight)) {
    const item = itemAt(ring, first);
    weight -= item === undefined ? 0 : limits.weigh(item);
    first += 1;
  }
  return { ...ring, first, weight, chunks: chunksFrom(ring, first) };
}

/** Forgets every item before the number `first`. */
export function forgetBefore<T>(ring: Ring<T>, first: number): Ring<T> {
  if (first <= ring.first) return ring;
  const until = Math.min(first, ring.end);
  let weight = ring.weight;
  for (const item of sliceOf(ring, ring.first, until)) weight -= ring.limits.weigh(item);
  return { ...ring, first: until, weight, chunks: chunksFrom(ring, until) };
}

function chunksFrom<T>(ring: Ring<T>, first: number): readonly Chunk<T>[] {
  if (first >= ring.end) return [];
  const keep = chunkIndex(ring, first);
  return keep > 0 ? ring.chunks.slice(keep) : ring.chunks;
}

/** The item with that number; undefined where it is forgotten or has not come yet. */
export function itemAt<T>(ring: Ring<T>, number: number): T | undefined {
  if (number < ring.first || number >= ring.end) return undefined;
  const chunk = ring.chunks[chunkIndex(ring, number)];
  return chunk?.items[number - chunk.start];
}

function chunkIndex<T>(ring: Ring<T>, number: number): number {
  let low = 0;
  let high = ring.chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ring.chunks[middle]?.start ?? 0) <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The items from the number `from` up to and without `to`, as far as they are kept. */
export function* sliceOf<T>(ring: Ring<T>, from: number = ring.first, to: number = ring.end): Generator<T> {
  for (let number = Math.max(from, ring.first); number < Math.min(to, ring.end); number += 1) {
    const item = itemAt(ring, number);
    if (item !== undefined) yield item;
  }
}
