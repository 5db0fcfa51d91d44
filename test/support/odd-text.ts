/** Seeded randomness and strings that break careless code, for tests that try many inputs. */
export type Dice = {
  below: (bound: number) => number;
  pick: <T>(from: readonly T[]) => T;
  /** Up to `longest` pieces, each a letter, a word or something odd. */
  text: (longest: number) => string;
};

const PIECES = [
  
    'a',
    'Z',
    '0',
    ' ',
    '  ',
    '-',
    '_',
    '.',
    ':',
    '=',
    '/',
    ',',
    '~',
    '#',
    '*',
    '?',
    '!',
    '$',
    '$HOME',
    '%',
  ,
  
    "'",
    '"',
    '\\',
    '`',
    '$(x)',
    '|',
    ';',
    '&',
    '<',
    '>',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    'web',
    'é',
    'e\u0301',
  ,
  
    '日本',
    '語',
    'ｶﾞ',
    '한',
    '👍',
    '👍🏽',
    '👩‍👩‍👧‍👦',
    '❤️',
    '🇩🇪',
    '1️⃣',
    '\u200b',
    '\u200d',
    '\u0301',
    'ﷺ',
    'שלום',
    'İ',
    'ß',
  ],
] as const;
const CONTROLS = ['\n', '\t', '\r', '\u001b[31m', '\u0000', '\u0007', '\u0085', '\u009b', '\u007f'] as const;

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
  const pieces: readonly string[] = options.controls === true ? [...PIECES, ...CONTROLS] : PIECES;
  return {
    below,
    pick,
    text: (longest) => Array.from({ length: below(longest + 1) }, () => pick(pieces)).join(''),
  };
}
