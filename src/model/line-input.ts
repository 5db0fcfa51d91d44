/** A line of text being edited. `cursor` counts characters (code points), from 0. */
export type LineInput = { text: string; cursor: number };

export function lineInput(text = ''): LineInput {
  return { text, cursor: [...text].length };
}

/** Applies a key or a pasted text; null when the key means nothing here. */
export function editLine(input: LineInput, key: string): LineInput | null {
  const edit = EDITS[key];
  if (edit) return edit([...input.text], input.cursor);
  const typed = key === 'space' ? ' ' : key;
  return isTyped(typed) ? insert(input, typed) : null;
}

export function insert(input: LineInput, text: string): LineInput {
  const characters = [...input.text];
  // What a README breaks with backslashes is one line; U+009B, a control sequence in one character, is drawn nowhere.
  const added = [...text.replace(/\s*(?:\\?[\r\n]+\s*)+/g, ' ')].filter(
    (c) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(c),
  );
  characters.splice(input.cursor, 0, ...added);
  return { text: characters.join(''), cursor: input.cursor + added.length };
}

/** A key that stands for itself is one character long; all others have names. */
function isTyped(key: string): boolean {
  return [...key].length === 1 && !/\p{Cc}/u.test(key);
}

type Edit = (characters: string[], cursor: number) => LineInput;

const at = (characters: readonly string[], cursor: number): LineInput => ({
  text: characters.join(''),
  cursor: Math.max(0, Math.min(characters.length, cursor)),
});

const without = (characters: readonly string[], from: number, to: number): LineInput =>
  at([...characters.slice(0, from), ...characters.slice(to)], from);

/** Where the word before the cursor begins. */
function wordStart(characters: readonly string[], cursor: number): number {
  let i = cursor;
  while (i > 0 && characters[i - 1] === ' ') i--;
  while (i > 0 && characters[i - 1] !== ' ') i--;
  return i;
}

/** The keys of readline that people's fingers know. */
const EDITS: Readonly<Record<string, Edit>> = {
  left: (c, i) => at(c, i - 1),
  right: (c, i) => at(c, i + 1),
  home: (c) => at(c, 0),
  end: (c) => at(c, c.length),
  'ctrl-a': (c) => at(c, 0),
  'ctrl-e': (c) => at(c, c.length),
  'ctrl-b': (c, i) => at(c, i - 1),
  'ctrl-f': (c, i) => at(c, i + 1),
  'alt-b': (c, i) => at(c, wordStart(c, i)),
  backspace: (c, i) => (i === 0 ? at(c, 0) : without(c, i - 1, i)),
  delete: (c, i) => without(c, i, i + 1),
  'ctrl-d': (c, i) => without(c, i, i + 1),
  'ctrl-u': (c, i) => without(c, 0, i),
  'ctrl-k': (c, i) => without(c, i, c.length),
  'ctrl-w': (c, i) => without(c, wordStart(c, i), i),
};
