import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { Complain } from '../read/parse-problems.ts';
import { cleanLines } from '../read/parse-text.ts';
import type { Glossary, GlossaryWord } from './glossary.ts';

type Draft = { -readonly [Key in keyof GlossaryWord]: GlossaryWord[Key] };

const KEYS = ['Also', 'Look', 'Lessons', 'Related', 'Not'] as const;

/**
 * The words of a Markdown text: each has a heading `## word`, what it means as a paragraph, and below it a list of
 * `- Key: value`. What stands before the first heading is for who reads the file.
 */
export function parseGlossary(text: string, complain: Complain): Glossary {
  const words: Draft[] = [];
  for (const [i, line] of cleanLines(text).entries()) {
    const heading = /^## +(.*\S)/.exec(line)?.[1];
    const entry = words.at(-1);
    if (heading !== undefined) words.push(newWord(heading, i + 1));
    else if (entry === undefined || line.trim() === '') continue;
    else if (line.startsWith('- ')) readKey(entry, line.slice(2), i + 1, complain);
    else entry.meaning = `${entry.meaning} ${line.trim()}`.trim();
  }
  return words;
}

function newWord(word: string, line: number): Draft {
  return { word, also: [], meaning: '', look: '', lessons: [], related: [], not: [], line };
}

function readKey(entry: Draft, item: string, line: number, complain: Complain): void {
  const [, key = '', value = ''] = /^(\w+): *(.*\S)/.exec(item) ?? [];
  switch (key) {
    case 'Also':
      entry.also = listed(value);
      return;
    case 'Look':
      entry.look = value;
      return;
    case 'Lessons':
      entry.lessons = listed(value);
      return;
    case 'Related':
      entry.related = listed(value);
      return;
    case 'Not': {
      const [, word = '', why = ''] = /^(.+?): +(.+)$/.exec(value) ?? [];
      if (word === '') complain(line, '“Not” needs a word, a colon, and how they differ');
      else entry.not = [...entry.not, { word, why }];
      return;
    }
    default:
      complain(
        line,
        `“${key === '' ? item : key}” is not known here: known are ${KEYS.join(', ')}${didYouMeanHint(key, KEYS)}`,
      );
  }
}

function listed(value: string): string[] {
  return value.split(/, */).filter((each) => each !== '');
}
