/** A word of containers, explained in a sentence or three. */
export type GlossaryWord = {
  /** As it stands in a sentence: `bind mount`, `CMD`. */
  word: string;
  /** Other forms in which a text may name it. */
  also: readonly string[];
  /** Plain sentences, in which something may be written as `code`. */
  meaning: string;
  /** Where one sees the thing, as `containers/mounts`; empty where nothing shows it. */
  look: string;
  /** Ids of the lessons that teach it, the best one first. */
  lessons: readonly string[];
  /** Other words of the glossary. */
  related: readonly string[];
  /** What it is easily taken for, and how they differ. */
  not: readonly { word: string; why: string }[];
  /** Line of its heading, counted from 1. */
  line: number;
};

export type Glossary = readonly GlossaryWord[];

/** The entry of a word, by its name or by another form of it, however it is written. */
export function wordNamed(glossary: Glossary, name: string): GlossaryWord | null {
  const wanted = name.trim().toLowerCase();
  const isNamed = (form: string): boolean => form.toLowerCase() === wanted;
  return (
    glossary.find(({ word }) => isNamed(word)) ?? glossary.find(({ also }) => also.some(isNamed)) ?? null
  );
}

/** Words that have all that is searched for in their forms; then those that have it in what they mean. */
export function foundWords(glossary: Glossary, search: string): Glossary {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return glossary;
  const forms = ({ word, also }: GlossaryWord): string[] => [word, ...also].map((form) => form.toLowerCase());
  const begins = glossary.filter((entry) => forms(entry).some((form) => form.startsWith(wanted)));
  const contains = glossary.filter((entry) => forms(entry).some((form) => form.includes(wanted)));
  const means = glossary.filter(({ meaning }) => meaning.toLowerCase().includes(wanted));
  return [...new Set([...begins, ...contains, ...means])];
}
