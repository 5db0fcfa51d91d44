import type { FileMatch } from '../check.ts';
import { found, type Finding } from './finding.ts';
import { judgeText } from './match-text.ts';
import { named } from './plain-text.ts';

/** `text` is null where there is no such file. */
export function judgeFile(match: FileMatch, text: string | null): Finding {
  const file = `a file ${named(match.path)}`;
  if ('exists' in match) {
    const [expected, unexpected] = match.exists
      ? [file, `no file ${named(match.path)}`]
      : [`no file ${named(match.path)}`, file];
    return found(
      (text !== null) === match.exists,
      expected,
      text === null ? 'there is none' : 'there is one',
      unexpected,
    );
  }
  return text === null
    ? found(false, file, 'there is none', `no file ${named(match.path)}`)
    : judgeText(match, text, file);
}
