/** What a terminal sends for a key that is not simply its character. */
const NAMED: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  insert: '\x1b[2~',
  delete: '\x1b[3~',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  f1: '\x1bOP',
  f2: '\x1bOQ',
  f3: '\x1bOR',
  f4: '\x1bOS',
  f5: '\x1b[15~',
  f6: '\x1b[17~',
  f7: '\x1b[18~',
  f8: '\x1b[19~',
  f9: '\x1b[20~',
  f10: '\x1b[21~',
  f11: '\x1b[23~',
  f12: '\x1b[24~',
};

/** Keys whose bytes depend on the cursor key mode (DECCKM) of the program. */
const CURSOR: Readonly<Record<string, string>> = {
  up: 'A',
  down: 'B',
  right: 'C',
  left: 'D',
  home: 'H',
  end: 'F',
};

/** `a`, `enter`, `f5`, `ctrl-c`, `alt-x`, `up`… as the bytes that xterm sends. */
export function keyBytes(key: string, applicationCursor = false): string {
  const cursor = CURSOR[key];
  if (cursor) return (applicationCursor ? '\x1bO' : '\x1b[') + cursor;
  const named = NAMED[key];
  if (named) return named;
  const [, modifier, rest] = /^(ctrl|alt)-(.+)$/.exec(key) ?? [];
  if (modifier === 'alt' && rest) return `\x1b${keyBytes(rest, applicationCursor)}`;
  if (modifier === 'ctrl' && rest?.length === 1)
    return String.fromCharCode(rest.toUpperCase().charCodeAt(0) & 31);
  if ([...key].length === 1) return key;
  throw new Error(`There is no key called ${key}`);
}
