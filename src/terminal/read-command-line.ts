/** In characters; a longer line is cut. */
const LONGEST = 10_000;
const ESCAPE = /\\(?:\\|x([0-9a-f]{2}))/gi;
/** Line ends belong to a command of several lines. */
const UNSEEN = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * The line out of `E;<line>[;nonce]` of OSC 633, in which `\\` and `\xAB` stand for a backslash and for characters that
 * cannot stand there, `;` and line ends among them. Null for other texts.
 * @see https://code.visualstudio.com/docs/terminal/shell-integration#_supported-escape-sequences
 */
export function readCommandLine(text: string): string | null {
  const [kind, escaped] = text.split(';', 2);
  if (kind !== 'E' || escaped === undefined) return null;
  return cleanCommandLine(
    escaped
      .slice(0, 4 * LONGEST)
      .replace(ESCAPE, (_, hex?: string) =>
        hex === undefined ? '\\' : String.fromCharCode(parseInt(hex, 16)),
      ),
  );
}

export function cleanCommandLine(line: string): string {
  return line.replaceAll('\t', ' ').replace(UNSEEN, '').slice(0, LONGEST).toWellFormed().trim();
}
