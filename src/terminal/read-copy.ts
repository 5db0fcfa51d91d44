/** In characters of base64: some 300 kB of text. More is refused, as part of a text is worse than none. */
const LONGEST = 400_000;
/** Tabs and line ends may be part of what is copied. */
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** The text out of `c;<base64>` of OSC 52; null for a question (`?`), which is not answered, and for what cannot be read. */
export function readCopy(text: string): string | null {
  const encoded = text.slice(text.indexOf(';') + 1);
  if (!text.includes(';') || encoded.length > LONGEST || !/^[A-Za-z0-9+/\s]+={0,2}$/.test(encoded))
    return null;
  const copy = Buffer.from(encoded, 'base64').toString('utf8').replace(CONTROLS, '');
  return copy === '' ? null : copy;
}
