/** Characters by their UTF-16 code. */
export type CharacterSet = (code: number) => boolean;

export const digit: CharacterSet = (code) => code >= 48 && code <= 57;
export const wordCharacter: CharacterSet = (code) =>
  digit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const space: CharacterSet = (code) => /\s/.test(String.fromCharCode(code));
export const newline: CharacterSet = (code) =>
  code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
export const notNewline: CharacterSet = (code) => !newline(code);

export function setOf(character: string): CharacterSet {
  const wanted = character.charCodeAt(0);
  return (code) => code === wanted;
}

const ESCAPED: Readonly<Record<string, CharacterSet>> = {
  d: digit,
  D: (code) => !digit(code),
  w: wordCharacter,
  W: (code) => !wordCharacter(code),
  s: space,
  S: (code) => !space(code),
  n: setOf('\n'),
  r: setOf('\r'),
  t: setOf('\t'),
  f: setOf('\f'),
  v: setOf('\v'),
};

/** What a letter after a backslash stands for; null where it stands for itself, or for nothing that is known. */
export function escapedSet(letter: string): CharacterSet | null {
  return Object.hasOwn(ESCAPED, letter) ? (ESCAPED[letter] ?? null) : null;
}
