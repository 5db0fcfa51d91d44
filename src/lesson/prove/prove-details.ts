import type { Check } from '../check.ts';
import type { LessonTest } from '../read/lesson-tests.ts';
import type { ProofPart } from './prove-text.ts';
import type { LineResult } from '../run-lines.ts';
import type { Verdict } from '../verdict.ts';

export function part(what: string, details: readonly string[]): ProofPart {
  return { what, ok: details.length === 0, details };
}

export function tooEarly(check: Check, verdict: Verdict | undefined): string[] {
  if (verdict?.kind === 'not-yet' || verdict?.kind === 'mistake') return [];
  return [
    `check ${check.id} (line ${check.line}): expected not-yet before the solution, actual: ${said(verdict)}`,
  ];
}

export function notPassed(check: Check, verdict: Verdict | undefined): string[] {
  if (verdict?.kind === 'pass') return [];
  const facts =
    verdict?.kind === 'not-yet' || verdict?.kind === 'mistake'
      ? [`  expected: ${verdict.expected}`, `  actual: ${verdict.actual}`]
      : [];
  return [`check ${check.id} (line ${check.line}): expected pass, actual: ${said(verdict)}`, ...facts];
}

export function said(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'it was not judged';
  if (verdict.kind === 'pass') return 'pass';
  const which = verdict.kind === 'mistake' ? `#${verdict.which + 1}` : '';
  const advice = verdict.kind === 'blocked' ? ` ${verdict.advice}` : '';
  return `${verdict.kind}${which}: ${verdict.say}${advice}`;
}

export function hasSaid(verdict: Verdict | undefined, outcome: LessonTest['outcome'], says: string): boolean {
  return verdict?.kind === outcome && verdict.say.includes(says);
}

export function failedLine({ line, code, problem, output }: LineResult): string[] {
  const how = code === null ? problem : `code ${code}`;
  const last = output.split('\n').slice(-8);
  return [`$ ${line.split('\n').join('\n      > ')}`, ...last.map((text) => `  ${text}`), `  (${how})`];
}
