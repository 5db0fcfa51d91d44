import type { Check } from '../../lesson/check.ts';
import type { Verdict } from '../../lesson/verdict.ts';
import type { Tone } from '../columns.ts';
import type { OpenLesson } from '../learn-state.ts';
import type { CheckPart } from './lesson-part.ts';
import { isPassed } from './shown-step.ts';

type Look = Pick<CheckPart, 'mark' | 'tone' | 'word'>;

const PASSED: Look = { mark: '✓', tone: 'good', word: 'passed' };
const CHECKING: Look = { mark: '…', tone: 'quiet', word: 'being checked' };
const NOT_YET: Look = { mark: '·', tone: 'plain', word: 'not yet' };
const LOOKS: Readonly<Record<Exclude<Verdict['kind'], 'pass'>, Look>> = {
  'not-yet': NOT_YET,
  mistake: { mark: '!', tone: 'warning', word: 'not as it should be' },
  blocked: { mark: '?', tone: 'accent', word: 'could not be checked' },
};

/** A check as it stands; with `isOpen` also why it does not pass. */
export function checkPart(lesson: OpenLesson, check: Check, isOpen: boolean, isOver: boolean): CheckPart {
  const verdict = lesson.verdicts.get(check.id);
  const reason = isOpen && verdict !== undefined ? reasonLines(verdict) : [];
  return { ...lookOf(lesson, check, verdict, isOver), claim: check.claim, reason };
}

function lookOf(lesson: OpenLesson, check: Check, verdict: Verdict | undefined, isOver: boolean): Look {
  if (isPassed(lesson, check)) return PASSED;
  if (verdict === undefined && isOver) return PASSED;
  if (lesson.checking && lesson.shown === lesson.current) return CHECKING;
  return verdict === undefined || verdict.kind === 'pass' ? NOT_YET : LOOKS[verdict.kind];
}

function reasonLines(verdict: Verdict): CheckPart['reason'] {
  if (verdict.kind === 'pass') return [];
  if (verdict.kind === 'blocked') {
    const lines: { text: string; tone: Tone }[] = [{ text: verdict.say, tone: 'accent' }];
    if (verdict.advice !== '') lines.push({ text: verdict.advice, tone: 'plain' });
    return [...lines, { text: 'This is no fault of yours, and does not count against you.', tone: 'quiet' }];
  }
  const tone = verdict.kind === 'mistake' ? 'warning' : 'plain';
  const facts = factsLine(verdict);
  return [{ text: verdict.say, tone }, ...(facts === '' ? [] : [{ text: facts, tone: 'quiet' as const }])];
}

/** What was expected and found, where the sentence before it does not say so already. */
function factsLine({ say, expected, actual }: { say: string; expected: string; actual: string }): string {
  // That a thing is not there is what the sentence says itself, in better words.
  if (/^there (is|are) no(ne)?\b/.test(actual)) return '';
  if (expected === '' || actual === '' || (say.includes(expected) && say.includes(actual))) return '';
  return `Expected ${expected}; found ${actual}.`;
}
