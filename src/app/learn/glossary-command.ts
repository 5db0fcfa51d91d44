import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import { UsageError } from '../../engine/routes/usage-error.ts';
import { foundWords, wordNamed, type Glossary, type GlossaryWord } from '../../lesson/glossary/glossary.ts';
import { readGlossary } from '../../lesson/glossary/read-glossary.ts';
import { seenAt } from '../../lesson/glossary/seen-at.ts';
import type { Lesson } from '../../lesson/lesson.ts';
import { builtInLessons, findLessons } from '../../lesson/read/find-lessons.ts';
import { plainText } from '../../model/lesson-view/inline-text.ts';
import { wrapWords } from '../../model/wrap-words.ts';

/** Cells of a printed line: what every terminal has. */
const WIDTH = 78;

export type GlossaryOptions = {
  /** Empty for all of it. */
  word: string;
  json: boolean;
  stdout: { write: (text: string) => unknown };
};

/** `slipway glossary [WORD]`: all words, or one with where it is seen and learned. Gives the exit code. */
export async function glossaryCommand({ word, json, stdout }: GlossaryOptions): Promise<number> {
  const [{ glossary }, found] = await Promise.all([
    readGlossary(builtInLessons()),
    findLessons(builtInLessons()),
  ]);
  const lessons = found.flatMap(({ lesson }) => (lesson === null ? [] : [lesson]));
  const wanted = word === '' ? glossary : wordsFor(glossary, word);
  const text = json
    ? JSON.stringify(wanted.map(jsonOf), null, 2)
    : wanted.map((entry) => entryText(entry, word === '' ? null : lessons)).join('\n\n');
  stdout.write(`${text}\n`);
  return 0;
}

/** The word itself; where there is no such word, those that have it in their names or in what they mean. */
function wordsFor(glossary: Glossary, word: string): Glossary {
  const named = wordNamed(glossary, word);
  const found = named === null ? foundWords(glossary, word) : [named];
  if (found.length > 0) return found;
  const forms = glossary.flatMap((entry) => [entry.word, ...entry.also]);
  throw new UsageError(word, `“${word}” is not in the glossary${didYouMeanHint(word, forms)}`, [
    'slipway glossary prints all of it.',
  ]);
}

/** Without its line, which is for who mends the file. */
function jsonOf({
  word,
  also,
  meaning,
  look,
  lessons,
  related,
  not,
}: GlossaryWord): Omit<GlossaryWord, 'line'> {
  return { word, also, meaning, look, lessons, related, not };
}

/** With `lessons`, also where the thing is seen and learned. */
function entryText(entry: GlossaryWord, lessons: readonly Lesson[] | null): string {
  const also = entry.also.length === 0 ? '' : `  (${entry.also.join(', ')})`;
  return [
    `${entry.word}${also}`,
    ...indented(entry.meaning),
    ...(lessons === null ? [] : more(entry, lessons)),
  ].join('\n');
}

function more({ look, lessons, related, not }: GlossaryWord, known: readonly Lesson[]): string[] {
  const taught = lessons.flatMap((id) => known.find((lesson) => lesson.id === id) ?? []);
  return [
    ...not.flatMap(({ word, why }) => indented(`Not the same as ${word}: ${why}.`)),
    ...(look === '' ? [] : indented(`Seen in Slipway: ${seenAt(look)}.`)),
    ...taught.flatMap(({ id, title }) => indented(`Taught in “${title}”: slipway learn ${id}`)),
    ...(related.length === 0 ? [] : indented(`See also: ${related.join(', ')}.`)),
  ];
}

function indented(text: string): string[] {
  return wrapWords(plainText(text), WIDTH - 2).map((line) => `  ${line}`);
}
