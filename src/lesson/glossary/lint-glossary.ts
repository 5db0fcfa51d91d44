import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { Complain } from '../read/parse-problems.ts';
import type { Glossary, GlossaryWord } from './glossary.ts';
import { isSeenAt } from './seen-at.ts';

const MOST_SENTENCES = 3;
/** So that an entry is read at one look, on 80 columns. */
const MOST_CHARACTERS = 320;

/** What is to be mended in the glossary: words that lead nowhere, that are there twice, that are not explained plainly. */
export function lintGlossary(glossary: Glossary, lessonIds: readonly string[], complain: Complain): void {
  const words = glossary.map(({ word }) => word);
  const known = new Set<string>();
  for (const entry of glossary) {
    lintMeaning(entry, complain);
    for (const form of [entry.word, ...entry.also].map((each) => each.toLowerCase())) {
      if (known.has(form)) complain(entry.line, `“${form}” is explained twice`);
      known.add(form);
    }
    for (const other of [...entry.related, ...entry.not.map(({ word }) => word)])
      if (!words.includes(other) || other === entry.word)
        complain(entry.line, `“${entry.word}” leads to “${other}”, ${noSuch('word', other, words)}`);
    for (const id of entry.lessons)
      if (!lessonIds.includes(id))
        complain(
          entry.line,
          `“${entry.word}” leads to the lesson “${id}”, ${noSuch('lesson', id, lessonIds)}`,
        );
    if (entry.look !== '' && !isSeenAt(entry.look))
      complain(entry.line, `“${entry.word}” is said to be seen at “${entry.look}”, which is no place here`);
  }
}

function lintMeaning({ word, meaning, line }: GlossaryWord, complain: Complain): void {
  const sentences = meaning.split(/[.!?](?=\s|$)/).filter((each) => each.trim() !== '').length;
  if (sentences === 0) complain(line, `“${word}” is not explained`);
  if (sentences > MOST_SENTENCES)
    complain(line, `“${word}” has ${sentences} sentences: ${MOST_SENTENCES} have to do`);
  if (meaning.length > MOST_CHARACTERS)
    complain(line, `“${word}” is explained in ${meaning.length} characters: ${MOST_CHARACTERS} have to do`);
}

function noSuch(what: string, name: string, known: readonly string[]): string {
  return `and there is no such ${what}${didYouMeanHint(name, known)}`;
}
