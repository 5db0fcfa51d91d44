import type { IgnoreRule } from './ignore-file.ts';

/** What is known of a folder when its entries are judged: for each rule, whether it fits the folder or one above it. */
export type FolderMatches = readonly boolean[];

export type Judgement = {
  /** The rule that keeps it out; null where it is kept. */
  by: IgnoreRule | null;
  matches: FolderMatches;
};

/**
 * Whether a path of the context is left out: the last rule that fits decides, and a rule that fits a folder fits all in it
 * (github.com/moby/patternmatcher, `MatchesUsingParentResults`).
 */
export function judgePath(rules: readonly IgnoreRule[], path: string, parent: FolderMatches): Judgement {
  let by: IgnoreRule | null = null;
  const matches = rules.map((rule, i) => {
    // A rule that would change nothing is not tried; that it fits a folder is not remembered then, as in the original.
    const fits = parent[i] === true || (rule.isException === (by !== null) && rule.matches(path));
    if (fits) by = rule.isException ? null : rule;
    return fits;
  });
  return { by, matches };
}

/** Whether a folder that is left out has to be looked into all the same: an exception names something in it. */
export function mayHoldExceptions(rules: readonly IgnoreRule[], folder: string): boolean {
  return rules.some(({ isException, pattern }) => isException && `${pattern}/`.startsWith(`${folder}/`));
}
