/** Which labels there is room for, and what stands before and after them for those that are left out. */
export type FittedTabs = { from: number; to: number; before: string; after: string };

/** As many of the labels around the chosen one as fit into `cells`; that one always. Labels are plain letters. */
export function fitTabs(labels: readonly string[], chosen: number, cells: number): FittedTabs {
  let [from, to] = [chosen, chosen + 1];
  const fits = (start: number, end: number): boolean => widthOf(labels, start, end) <= cells;
  for (;;) {
    if (to < labels.length && fits(from, to + 1)) to += 1;
    else if (from > 0 && fits(from - 1, to)) from -= 1;
    else break;
  }
  return { from, to, before: from > 0 ? '‹' : '', after: to < labels.length ? '›' : '' };
}

function widthOf(labels: readonly string[], from: number, to: number): number {
  const marks = (from > 0 ? 1 : 0) + (to < labels.length ? 1 : 0);
  return labels.slice(from, to).join('').length + marks;
}
