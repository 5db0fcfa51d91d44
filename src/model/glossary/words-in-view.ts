import { wordFinder } from '../../lesson/glossary/find-words.ts';
import { memoizeLast } from '../memoize.ts';
import { selectLesson } from '../select-lesson.ts';
import type { State } from '../state.ts';

const SGR = /\x1b\[[\d;:]*m/g;
const findIn = memoizeLast(wordFinder);

/** Words of the glossary in the lines of the lesson that are on the screen, each once, from top to bottom. */
export function wordsInView(state: State): readonly string[] {
  const lines = selectLesson(state)?.lines ?? [];
  const text = lines
    .map((line) => line.map((part) => ('set' in part ? part.set.replace(SGR, '') : part.text)).join(''))
    .join('\n');
  return [...new Set(findIn(state.learn.glossary)(text).map(({ word }) => word))];
}
