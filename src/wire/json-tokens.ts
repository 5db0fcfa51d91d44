/** A string (which may be cut off), a bracket, colon or comma, a run of white space, or anything else. */
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[{}[\]:,]|\s+|[^\s"{}[\]:,]+/g;

/** The pieces of JSON text in order; together they are the text, also where it is cut off or no JSON at all. */
export function* tokensOf(text: string): Generator<{ text: string; at: number }> {
  for (const match of text.matchAll(TOKEN)) yield { text: match[0], at: match.index };
}

/** What a string token says; of one that is cut off what there is of it. */
export function nameOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    // Cut off, or with a raw control character, which JSON does not allow.
    return token.replace(/^"|"$/g, '');
  }
}
