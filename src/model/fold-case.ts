/** Lower case without a change of length, so that offsets found in it hold in the text itself. */
export function foldCase(text: string): string {
  const folded = text.toLowerCase();
  return folded.length === text.length ? folded : Array.from(text, foldOne).join('');
}

/** `İ` becomes two units in lower case: it is left as it is. */
function foldOne(char: string): string {
  const folded = char.toLowerCase();
  return folded.length === char.length ? folded : char;
}
