import type { TextMatch } from '../check.ts';
import { NO_FAULT_OF_YOURS, found, unknown, type Finding } from './finding.ts';
import { matchesPattern } from './matches-pattern.ts';
import { readPattern } from './pattern.ts';
import { quoted } from './plain-text.ts';

/** Files and logs are read no further than this; the same bound holds here, whoever filled in the world. */
const LONGEST_TEXT = 65_536;

/** `where` is what has the text, as in `a file /note`: `a file /note with “hi” in it`. */
export function judgeText(match: TextMatch, whole: string, where: string): Finding {
  const text = whole.slice(0, LONGEST_TEXT);
  const actual = text.trim() === '' ? 'it is empty' : `it says ${quoted(ends(text))}`;
  if ('equals' in match) {
    const holds = text.trimEnd() === match.equals.trimEnd();
    return found(holds, `${where} that says ${quoted(match.equals)}`, actual);
  }
  if ('contains' in match) {
    const expected = `${where} with ${quoted(match.contains)} in it`;
    return found(
      text.includes(match.contains),
      expected,
      actual,
      `${where} without ${quoted(match.contains)}`,
    );
  }
  const holds = fits(match.matches, text);
  if (typeof holds === 'string') return refused(holds);
  return found(holds, `${where} with a line like ${quoted(match.matches)}`, actual);
}

/** Whether a pattern fits, or why it cannot be used. */
export function fits(source: string, text: string): boolean | string {
  const read = readPattern(source);
  return 'problem' in read ? read.problem : matchesPattern(read.pattern, text.slice(0, LONGEST_TEXT));
}

export function refused(problem: string): Finding {
  return unknown(`A pattern of this lesson cannot be used: ${problem}.`, NO_FAULT_OF_YOURS);
}

/** A long text by its end: what was written last is there. */
function ends(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 60 ? `…${trimmed.slice(-56)}` : trimmed;
}
