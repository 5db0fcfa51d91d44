/** Words of a POSIX shell line, both ways: what `quoteWord` writes, `splitWords` reads back. */

/** A word and where it begins in the line. */
export type ShellWord = { text: string; at: number };

export type SplitWords = { ok: true; words: ShellWord[] } | { ok: false; why: string; at: number };

const PLAIN = /^[\w@%+=:,./-]+$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * The word as a shell reads it back. Words with control characters become `$'…'` (bash, zsh, ksh, busybox, POSIX
 * 2024; not dash), because the line has to stay one line and must not steer the terminal that shows it.
 */
export function quoteWord(word: string): string {
  if (PLAIN.test(word)) return word;
  return CONTROL.test(word) ? `$'${escapeAnsiC(word)}'` : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

function escapeAnsiC(word: string): string {
  let out = '';
  for (const char of word) {
    if (char === '\\' || char === "'") out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\t') out += '\\t';
    // \u takes four digits; \x would go on reading digits that follow.
    else if (CONTROL.test(char)) out += `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    else out += char;
  }
  return out;
}

/** What a shell would act on: we carry out one command and expand nothing, so these are refused, not misread. */
const SHELL_ONLY: Readonly<Record<string, string>> = {
  '|': 'a pipe',
  '&': 'a background mark',
  ';': 'a second command',
  '<': 'a redirection',
  '>': 'a redirection',
  '(': 'a subshell',
  ')': 'a subshell',
  '`': 'a command substitution',
  $: 'a variable',
  '\n': 'a second line',
};

type Cursor = { line: string; at: number };
type Piece = { ok: true; text: string } | { ok: false; why: string; at: number };

/** Cuts a line as a shell does: quotes, backslashes, `$'…'`, line continuations. Expands nothing. */
export function splitWords(line: string): SplitWords {
  const cursor: Cursor = { line: line.replace(/(?<!\\)\s+$/, ''), at: 0 };
  const words: ShellWord[] = [];
  for (;;) {
    skipBlanks(cursor);
    if (cursor.at >= cursor.line.length) return { ok: true, words };
    const at = cursor.at;
    const word = readWord(cursor);
    if (!word.ok) return word;
    words.push({ text: word.text, at });
  }
}

function skipBlanks(cursor: Cursor): void {
  const blanks = /(?:[ \t]|\\\n)*/y;
  blanks.lastIndex = cursor.at;
  blanks.test(cursor.line);
  cursor.at = blanks.lastIndex;
}

function readWord(cursor: Cursor): Piece {
  let text = '';
  while (cursor.at < cursor.line.length && !/[ \t]/.test(cursor.line[cursor.at] ?? '')) {
    const piece = readPiece(cursor);
    if (!piece.ok) return piece;
    text += piece.text;
  }
  return { ok: true, text };
}

function readPiece(cursor: Cursor): Piece {
  const { line, at } = cursor;
  const char = line[at] ?? '';
  if (char === "'") return readSingle(cursor);
  if (char === '"') return readDouble(cursor);
  if (line.startsWith("$'", at)) return readAnsiC(cursor);
  if (char === '\\') return readEscape(cursor);
  const meaning = SHELL_ONLY[char];
  if (meaning !== undefined && !isLoneDollar(line, at)) return shellOnly(char, meaning, at);
  cursor.at += 1;
  return { ok: true, text: char };
}

function shellOnly(char: string, meaning: string, at: number): Piece {
  const shown = char === '\n' ? 'a line break' : char;
  return {
    ok: false,
    why: `${shown} would be ${meaning} in a shell, and this is one command without a shell: put it in 'single quotes' or leave it out`,
    at,
  };
}

/** A shell leaves a `$` alone that no name, brace or parenthesis follows. */
function isLoneDollar(line: string, at: number): boolean {
  return line[at] === '$' && !/[\w{(@*#?$!-]/.test(line[at + 1] ?? '');
}

function unclosed(quote: string, at: number): Piece {
  return { ok: false, why: `this ${quote} is never closed`, at };
}

function readSingle(cursor: Cursor): Piece {
  const end = cursor.line.indexOf("'", cursor.at + 1);
  if (end < 0) return unclosed("'", cursor.at);
  const text = cursor.line.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  return { ok: true, text };
}

function readDouble(cursor: Cursor): Piece {
  const { line } = cursor;
  let text = '';
  for (let at = cursor.at + 1; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === '"') {
      cursor.at = at + 1;
      return { ok: true, text };
    }
    if (char === '`' || (char === '$' && !isLoneDollar(line, at)))
      return shellOnly(char, SHELL_ONLY[char] ?? '', at);
    if (char === '\\' && '$`"\\\n'.includes(line[at + 1] ?? ' ')) {
      at += 1;
      if (line[at] !== '\n') text += line[at];
    } else text += char;
  }
  return unclosed('"', cursor.at);
}

function readEscape(cursor: Cursor): Piece {
  const code = cursor.line.codePointAt(cursor.at + 1);
  // At the very end a shell would wait for the next line: nothing is lost by leaving it out.
  const next = code === undefined ? '' : String.fromCodePoint(code);
  cursor.at += 1 + next.length;
  return { ok: true, text: next === '\n' ? '' : next };
}

const ANSI_C = /\\(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g;
const ANSI_C_LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  v: '\v',
};

function readAnsiC(cursor: Cursor): Piece {
  const quoted = /\$'((?:[^'\\]|\\[\s\S])*)'/y;
  quoted.lastIndex = cursor.at;
  const body = quoted.exec(cursor.line)?.[1];
  if (body === undefined) return unclosed("$'", cursor.at);
  cursor.at = quoted.lastIndex;
  const text = body.replace(ANSI_C, (_, unicode?: string, hex?: string, octal?: string, letter = '') => {
    if (unicode !== undefined || hex !== undefined)
      return String.fromCharCode(Number.parseInt(unicode ?? hex ?? '', 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return ANSI_C_LETTERS[letter] ?? (`\\'"?`.includes(letter) ? letter : `\\${letter}`);
  });
  return { ok: true, text };
}
