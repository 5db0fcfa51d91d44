/** The items in an order that the seed decides: the same seed, the same order. */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const next = randomFrom(seed);
  const left = [...items];
  // Fisher and Yates: each time one of those that are left.
  return items.flatMap(() => left.splice(Math.floor(next() * left.length), 1));
}

/** Numbers from 0 up to 1, without 1 (mulberry32, seeded by FNV-1a of the text). */
export function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(seed)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
