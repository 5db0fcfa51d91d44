/** Seeded randomness and strings that break careless code, for tests that try many inputs. */
export type Dice = {
  below: (bound: number) => number;
  pick: <T>(from: readonly T[]) => T;
  /** Up to `longest` pieces, each a letter, a word or something odd. */
  text: (longest: number) => string;
};

const LETTERS = ['a', 'Z', '0', ' ', '  ', 'web'];
const SIGNS = Array.from('-_.:=/,~#*?!$%\'"\\`|;&<>()[]{}');
const WIDE = ['日本', '語', 'ｶﾞ', '한', 'ﷺ', 'שלום', 'é', 'e\u0301', 'İ', 'ß', '\u0301', '\u200b', '\u200d'];
const EMOJI = ['👍', '👍🏽', '👩‍👩‍👧‍👦', '❤️', '🇩🇪', '1️⃣', '\ud83d'];
const PIECES = [...LETTERS, '$HOME', '$(x)', ...SIGNS, ...WIDE, ...EMOJI];
const CONTROLS = ['\n', '\t', '\r', '\u001b[31m', '\u0000', '\u0007', '\u0085', '\u009b', '\u007f'];

/** The same seed gives the same throws: a failing test names its seed. */
export function dice(seed: number, options: { controls?: boolean } = {}): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[below(from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };
  const pieces = options.controls === true ? [...PIECES, ...CONTROLS] : PIECES;
  return {
    below,
    pick,
    text: (longest) => Array.from({ length: below(longest + 1) }, () => pick(pieces)).join(''),
  };
}
