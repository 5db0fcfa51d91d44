import { custom, pipe } from 'valibot';
import { readPattern } from '../judge/pattern.ts';
import { text } from './parse-shapes.ts';

/** What the judge can match, and nothing else: its patterns cannot hang, whatever a lesson from elsewhere brings. */
export const regexText = pipe(
  text,
  custom<string>(
    (source) => whyNot(source) === null,
    ({ input }) => `cannot be used as a regular expression: ${whyNot(input)}`,
  ),
);

function whyNot(source: unknown): string | null {
  const read = readPattern(String(source));
  return 'problem' in read ? read.problem : null;
}
