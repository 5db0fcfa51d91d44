/**
 * What a check found.
 * - `pass`: it holds.
 * - `not-yet`: it does not hold so far, and nothing is wrong.
 * - `mistake`: something was done that leads elsewhere; `say` tells what happened and why.
 * - `blocked`: it could not be found out; never the learner's fault, and never counted against them.
 */
export type Verdict =
  | { kind: 'pass' }
  | ({ kind: 'not-yet' } & Explained)
  | ({ kind: 'mistake' } & Explained & { /** Index in `Check.otherwise`. */ which: number })
  | { kind: 'blocked'; say: string; advice: string };

/** `expected` and `actual` are one line each, made from the data of the check; `say` is the author's, or made of them. */
export type Explained = { say: string; expected: string; actual: string };

/** What the judge has to remember between two looks. */
export type JudgeMemory = {
  /** When each check passed, by its id, milliseconds since the epoch. */
  passed: ReadonlyMap<string, number>;
  /** Since when a check that wants to be stable has held. */
  holding: ReadonlyMap<string, number>;
};

export const NOTHING_JUDGED: JudgeMemory = { passed: new Map(), holding: new Map() };

export type Judgement = {
  verdicts: ReadonlyMap<string, Verdict>;
  memory: JudgeMemory;
  /** When to look again although nothing happens, milliseconds since the epoch; null for never. */
  lookAgainAt: number | null;
};
