import { isUtf8 } from 'node:buffer';

/** Added to a byte that is no UTF-8, as in PEP 383: 0x80–0xFF become U+DC80–U+DCFF. */
const ESCAPE = 0xdc00;
const ESCAPED = /[\udc80-\udcff]/;

/** Bytes as a string from which `exactBytes` makes the same bytes again, whatever they are. */
export function exactText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at);
    text += length === 0 ? String.fromCharCode(ESCAPE + bytes[at]!) : bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return text;
}

/** What `exactText` was made from. */
export function exactBytes(text: string): Buffer {
  if (!ESCAPED.test(text)) return Buffer.from(text, 'utf8');
  const parts = Array.from(text, (letter) => {
    const code = letter.codePointAt(0)!;
    return code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff
      ? Buffer.of(code - ESCAPE)
      : Buffer.from(letter, 'utf8');
  });
  return Buffer.concat(parts);
}

/** How many bytes the character here has; 0 where none begins. */
function sequenceAt(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
