import { didYouMean } from '../../engine/did-you-mean.ts';
import type { Linted, Say } from './lint-lesson.ts';
import { BLOCK_KINDS } from '../read/parse-blocks.ts';

/** Languages of ordinary code blocks whose names are near to one of ours. */
const LANGUAGES = [
  'sh',
  'bash',
  'text',
  'console',
  'yaml',
  'json',
  'node',
  'rust',
  'ron',
  'dockerfile',
  'markdown',
];

/** A block that is meant for us but misspelt would be shown as code, and its check would never be made. */
export function lintFences({ files }: Linted, say: Say): void {
  for (const [i, line] of files['lesson.md'].split('\n').entries()) {
    const word = /^(?:`{3,}|~{3,})([\w-]{3,20})/.exec(line)?.[1] ?? '';
    if (word === '' || LANGUAGES.includes(word) || BLOCK_KINDS.includes(word)) continue;
    const near = didYouMean(word, BLOCK_KINDS);
    if (near !== null)
      say(
        'lesson.md',
        i + 1,
        `“${word}” is shown as an ordinary code block; did you mean ${near}?`,
        'warning',
      );
  }
}
