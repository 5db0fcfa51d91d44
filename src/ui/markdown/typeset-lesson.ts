import type { ProgramStore } from '../../app/program-store.ts';
import { selectTextsToSet, type TextsToSet } from '../../model/select-lesson.ts';
import { findEachOnce, wordsToMark, type MarkedText } from './mark-words.ts';
import type { Lazy } from '../lazy.ts';
import type { SetMarkdown } from './set-markdown.ts';

/** Texts that are kept as they were set: a lesson has some hundred, at two or three widths. */
const KEPT = 2_000;

/**
 * Sets the Markdown of the lesson in view whenever its step or the width of its pane changes, outside of React; the
 * library for it is loaded when the first lesson is opened. Gives a function that ends it.
 */
export function typesetLesson(store: ProgramStore, library: Lazy<SetMarkdown>): () => void {
  const kept = new Map<string, readonly string[]>();
  const set = (
    { text: { markdown, indent }, words }: MarkedText,
    { width: whole, glossary }: TextsToSet,
    setMarkdown: SetMarkdown,
  ): readonly string[] => {
    const width = Math.max(1, whole - indent);
    const key = `${width} ${words.join()} ${markdown}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const lines = setMarkdown(markdown, width, findEachOnce(words, glossary));
    if (kept.size >= KEPT) kept.clear();
    kept.set(key, lines);
    return lines;
  };
  let last: TextsToSet | null = null;
  const update = (): void => {
    const state = store.getState();
    if (state.learn.lesson === null) return;
    library.want();
    const setMarkdown = library.get();
    const wanted = selectTextsToSet(state);
    if (setMarkdown === null || wanted === null || wanted === last) return;
    last = wanted;
    const blocks = setAll(wanted, (text) => set(text, wanted, setMarkdown));
    if (isSame(state.learn.lesson.typeset, wanted.width, blocks)) return;
    store.dispatch({ type: 'lesson-changed', change: { typeset: { width: wanted.width, blocks } } });
  };
  const endings = [store.subscribe(update), library.subscribe(update)];
  update();
  return () => {
    for (const end of endings) end();
  };
}

function setAll(
  { texts, glossary }: TextsToSet,
  set: (text: MarkedText) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(wordsToMark(texts, glossary).map((marked) => [marked.text.key, set(marked)]));
}

function isSame(
  typeset: { width: number; blocks: ReadonlyMap<string, readonly string[]> } | null,
  width: number,
  blocks: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (typeset?.width !== width || typeset.blocks.size !== blocks.size) return false;
  return [...blocks].every(([key, lines]) => typeset.blocks.get(key) === lines);
}
