import type { Glossary } from './glossary.ts';

/** A place of a text at which a word of the glossary stands, by its entry's name. */
export type WordPlace = { from: number; to: number; word: string };

export type FindWords = (text: string) => readonly WordPlace[];

/** Forms are whole words, with an `s` or without; of two that fit, the longer one is meant. */
export function wordFinder(glossary: Glossary): FindWords {
  const wordOf = new Map<string, string>();
  for (const { word, also } of glossary)
    for (const form of [word, ...also]) if (!wordOf.has(keyOf(form))) wordOf.set(keyOf(form), word);
  if (wordOf.size === 0) return () => [];
  const forms = [...wordOf.keys()].toSorted((a, b) => b.length - a.length).map(patternOf);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_/.-])(${forms.join('|')})s?(?![\\p{L}\\p{N}_/]|[.-][\\p{L}\\p{N}])`,
    'giu',
  );
  return (text) =>
    [...text.matchAll(pattern)].map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      word: wordOf.get(keyOf(match[1] ?? '')) ?? '',
    }));
}

/** Where a line was broken, several blanks may stand in the middle of a word. */
function keyOf(form: string): string {
  return form.toLowerCase().replace(/\s+/g, ' ');
}

function patternOf(form: string): string {
  return form.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s+`);
}
