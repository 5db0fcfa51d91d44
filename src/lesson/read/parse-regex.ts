import { custom, pipe } from 'valibot';
import { text } from './parse-shapes.ts';

const MOST_LENGTH = 200;
const MOST_REPETITIONS = 6;

/**
 * Why an expression is refused; null where it will do. What a lesson from elsewhere brings is matched against logs, so
 * nothing may take for ever: a repeated group that repeats or chooses inside can, and so can a reference back.
 */
export function whyNotRegex(source: string): string | null {
  if (source.length > MOST_LENGTH) return `is longer than ${MOST_LENGTH} characters`;
  try {
    void new RegExp(source);
  } catch (error) {
    return `is not a regular expression (${error instanceof Error ? error.message : String(error)})`;
  }
  return whyTooSlow(source);
}

function whyTooSlow(source: string): string | null {
  if (/\\[1-9k]/.test(source.replaceAll('\\\\', ''))) return 'refers back to a group';
  // Classes and escaped characters neither repeat nor group anything.
  const bare = source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, 'x');
  if (/\(\?<?[=!]/.test(bare)) return 'looks ahead or behind';
  const groups: { isRisky: boolean }[] = [];
  let repetitions = 0;
  for (let at = 0; at < bare.length; at += 1) {
    const char = bare[at];
    if (char === '(') groups.push({ isRisky: false });
    const isRisky = char === ')' && groups.pop()?.isRisky === true;
    const repeats = REPEAT.test(bare.slice(at + 1));
    if (isRisky && repeats) return 'repeats a group that repeats or chooses (|) inside';
    if (repeats) repetitions += 1;
    const around = groups.at(-1);
    if (around !== undefined && (repeats || isRisky || char === '|')) around.isRisky = true;
  }
  return repetitions > MOST_REPETITIONS ? `repeats more than ${MOST_REPETITIONS} times` : null;
}

/** Without an upper bound, or with one that lets it be tried often. */
const REPEAT = /^(?:[*+]|\{\d+,\d*\}|\{\d\d+\})/;

export const regexText = pipe(
  text,
  custom<string>(
    (source) => whyNotRegex(String(source)) === null,
    ({ input }) => `cannot be used as a regular expression: it ${whyNotRegex(String(input))}`,
  ),
);
