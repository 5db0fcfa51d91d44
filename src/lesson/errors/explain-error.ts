import { cleanText } from '../../engine/clean-text.ts';
import { ERROR_TABLE } from './error-table.ts';
import type { ErrorContext, ErrorRow, ErrorText, Explained, Said } from './error-row.ts';

/** As much as is shown of the engine's words; some engines say a whole structure. */
const LONGEST_SAID = 400;
/** What is wrong stands at the end of what a command printed. */
const LONGEST_OUTPUT = 16_000;

/**
 * What an error means, and what to try. Null where nothing is known of it.
 *
 * @param output what a command that failed has printed, unwrapped, a line each; or the message of a call
 */
export function explainError(output: string, context: ErrorContext): Explained | null {
  return explainedBy(output, context)?.explained ?? null;
}

/** The same, with the row that it comes from. */
export function explainedBy(
  output: string,
  context: ErrorContext,
): { row: ErrorRow; explained: Explained } | null {
  const whole = plainLines(output);
  for (const row of ERROR_TABLE) {
    const match = row.says.exec(whole);
    if (match === null) continue;
    const said: Said = { ...match.groups, whole };
    const explained = {
      said: linesOf(whole, match.index, match.index + match[0].length),
      meaning: filled(row.meaning, said, context),
      tryThis: filled(row.tryThis, said, context),
    };
    return { row, explained };
  }
  return null;
}

function filled(text: ErrorText, said: Said, context: ErrorContext): string {
  return typeof text === 'string' ? text : cleanText(text(said, context));
}

function plainLines(output: string): string {
  return output
    .slice(-LONGEST_OUTPUT)
    .split(/\r?\n/)
    .map((line) => cleanText(line).trimEnd())
    .join('\n');
}

/** The lines from one place to another, as one. */
function linesOf(whole: string, from: number, to: number): string {
  const begin = whole.lastIndexOf('\n', from - 1) + 1;
  const end = whole.indexOf('\n', to);
  const said = cleanText(whole.slice(begin, end < 0 ? undefined : end)).trim();
  return said.length > LONGEST_SAID ? `${said.slice(0, LONGEST_SAID)}…` : said;
}
