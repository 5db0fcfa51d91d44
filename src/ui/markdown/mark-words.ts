import { wordFinder } from '../../lesson/glossary/find-words.ts';
import type { Glossary } from '../../lesson/glossary/glossary.ts';
import { memoizeLast } from '../../model/memoize.ts';
import type { LessonText } from '../../model/lesson-view/set-text.ts';
import type { WordsIn } from './lesson-renderer.ts';

const finderOf = memoizeLast(wordFinder);
const CODE = /```[\s\S]*?```|`[^`]*`/g;

/** A text with the words that are to be marked in it, each where it comes first in the step. */
export type MarkedText = { text: LessonText; words: readonly string[] };

/** Once in a step is enough: a text with a line below every second word cannot be read. */
export function wordsToMark(texts: readonly LessonText[], glossary: Glossary): readonly MarkedText[] {
  const find = finderOf(glossary);
  const seen = new Set<string>();
  return texts.map((text) => {
    if (text.explained !== true) return { text, words: [] };
    const found = find(text.markdown.replace(CODE, ' ')).map(({ word }) => word);
    const words = [...new Set(found)].filter((word) => !seen.has(word));
    for (const word of words) seen.add(word);
    return { text, words };
  });
}

/** Finds these words in one piece of prose after the other, each only once. */
export function findEachOnce(words: readonly string[], glossary: Glossary): WordsIn {
  const left = new Set(words);
  return (text) => (left.size === 0 ? [] : finderOf(glossary)(text).filter(({ word }) => left.delete(word)));
}
