/** The nearest of the known words, or null when none is near enough to be meant. */
export function didYouMean(word: string, known: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  // A third of the letters may be wrong: `stpo` finds `stop`, `xyz` finds nothing.
  let bound = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase(), bound);
    if (distance < bound) [best, bound] = [candidate, distance];
  }
  return best;
}

/** `; did you mean --name?`, or nothing: to be put at the end of a complaint. */
export function didYouMeanHint(word: string, known: Iterable<string>): string {
  const near = didYouMean(word, known);
  return near === null ? '' : `; did you mean ${near}?`;
}

/** Insertions, deletions, replacements and swaps of neighbours; stops at `bound`, which then is the answer. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (beforeLast[column - 2] ?? bound) + 1);
      current.push(cost);
    }
    if (Math.min(...current) >= bound) return bound;
    [beforeLast, last] = [last, current];
  }
  return Math.min(bound, last[b.length] ?? bound);
}
