import type { Verdict } from '../verdict.ts';
import { line } from './plain-text.ts';

/** What was found of one claim: whether it holds, in words for both ways, or why that is not known. */
export type Finding = Known | Unknown;

export type Known = {
  holds: boolean;
  expected: string;
  /** What is expected where the claim is turned round by `not`. */
  unexpected: string;
  actual: string;
  /** How much of it holds, 0 to 1: of several ways, the nearest is explained. */
  nearness: number;
  /** The words of an author's program, which stand above ours. */
  said: Said | null;
};
export type Said = { kind: 'not-yet' | 'mistake'; say: string };

export type Unknown = { holds: null; why: string; advice: string };

/** `otherwise` is the text for `not`, where "not " before `expected` will not do. */
export function found(
  holds: boolean,
  expected: string,
  actual: string,
  unexpected = `not ${expected}`,
): Known {
  return {
    holds,
    expected: line(expected),
    unexpected: line(unexpected),
    actual: line(actual),
    nearness: holds ? 1 : 0,
    said: null,
  };
}

/** For what only the lesson's author can mend. */
export const NO_FAULT_OF_YOURS = 'Tell the lesson’s author; skip the step to go on.';

export function unknown(why: string, advice = 'Check again in a moment.'): Unknown {
  return { holds: null, why, advice };
}

export function blocked({ why, advice }: { why: string; advice: string }): Verdict {
  return { kind: 'blocked', say: line(why), advice: line(advice) };
}

/** One that does not hold decides, whatever is not known; else what is not known does. */
export function allOf(findings: readonly Finding[]): Finding {
  if (findings.length === 0) return unknown('This check claims nothing.', NO_FAULT_OF_YOURS);
  const failed = findings.find(isFailed);
  if (failed !== undefined) return { ...failed, nearness: shareThatHolds(findings) };
  const open = findings.find((finding) => finding.holds === null);
  if (open !== undefined) return open;
  const held = findings.filter(isHeld);
  if (held.length === 1 && held[0] !== undefined) return held[0];
  const all = held.map((finding) => finding.expected).join('; ');
  return found(true, all, held.map((finding) => finding.actual).join('; '), `not all of: ${all}`);
}

/** One that holds is enough, whatever is not known; of those that do not hold the nearest one explains. */
export function anyOf(findings: readonly Finding[]): Finding {
  const held = findings.find(isHeld);
  if (held !== undefined) return held;
  const open = findings.find((finding) => finding.holds === null);
  if (open !== undefined) return open;
  const failed = findings.filter(isFailed);
  const nearest = failed.toSorted((a, b) => b.nearness - a.nearness)[0];
  if (nearest === undefined) return found(false, 'one of several ways', 'there is no way given');
  const unexpected = `none of: ${failed.map((finding) => finding.expected).join('; ')}`;
  return { ...nearest, unexpected: line(unexpected) };
}

export function turnedRound(finding: Finding): Finding {
  if (finding.holds === null) return finding;
  const { holds, expected, unexpected } = finding;
  return {
    ...finding,
    holds: !holds,
    expected: unexpected,
    unexpected: expected,
    nearness: holds ? 0 : 1,
    said: null,
  };
}

/** With the name of what it is about, where several things are spoken of. */
export function about(subject: string, finding: Finding): Finding {
  if (finding.holds === null || subject === '') return finding;
  const told = (text: string): string => (text.includes(subject) ? text : line(`${subject}: ${text}`));
  return {
    ...finding,
    expected: told(finding.expected),
    unexpected: told(finding.unexpected),
    actual: told(finding.actual),
  };
}

function shareThatHolds(findings: readonly Finding[]): number {
  const sum = findings.reduce((total, { holds, ...rest }) => {
    if (holds === true) return total + 1;
    return total + ('nearness' in rest ? rest.nearness : 0);
  }, 0);
  return sum / findings.length;
}

const isHeld = (finding: Finding): finding is Known => finding.holds === true;
const isFailed = (finding: Finding): finding is Known => finding.holds === false;
