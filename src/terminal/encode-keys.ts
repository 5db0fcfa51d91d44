/** Cursor keys, Home and End as a terminal sends them without modifiers. */
const CURSOR_KEYS = /\x1b\[([ABCDFH])/g;
/** All that could end a bracketed paste or be taken for a key; what is left of a sequence without its ESC is text. */
const CONTROLS = /\x1b\[20[01]~|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** DECCKM: a program that has asked for application cursor keys gets them with SS3. */
export function toApplicationKeys(keys: string): string {
  return keys.replace(CURSOR_KEYS, '\x1bO$1');
}

/** Nothing in it is taken for a key but tabs and line ends, which are Enter. */
export function encodePaste(text: string, isBracketed: boolean): string {
  const lines = text.replaceAll(/\r\n|\n/g, '\r').replace(CONTROLS, '');
  return isBracketed ? `\x1b[200~${lines}\x1b[201~` : lines;
}
