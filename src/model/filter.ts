import { foldCase } from './fold-case.ts';

/** A part of a text, `from` up to and without `to`, as offsets in UTF-16 units. */
export type Span = { from: number; to: number };

type Term = { text: string; excluded: boolean };
type Fields = Readonly<Record<string, string>>;

/** Words that must all be found, in any order and case; `!word` must not be found. A lone `!` says nothing yet. */
function termsOf(filter: string): Term[] {
  const words = foldCase(filter).split(/\s+/);
  return words
    .map((word) => ({ text: word.replace(/^!/, ''), excluded: word.startsWith('!') }))
    .filter((term) => term.text !== '');
}

let last = { filter: '', terms: termsOf('') };

/** A filter is applied to a thousand rows in a row: its terms are read once. */
function cachedTerms(filter: string): Term[] {
  if (filter !== last.filter) last = { filter, terms: termsOf(filter) };
  return last.terms;
}

/**
 * Whether a row's text passes the filter typed by the person.
 * @param fields what `name:web` looks at; a word before a colon that is no field is text, as in `tiny:1`
 */
export function matchesFilter(text: string, filter: string, fields: Fields = {}): boolean {
  const terms = cachedTerms(filter);
  if (terms.length === 0) return true;
  const folded = foldCase(text);
  return terms.every((term) => holds(term, folded, fields) !== term.excluded);
}

function holds(term: Term, folded: string, fields: Fields): boolean {
  const colon = term.text.indexOf(':');
  const name = colon > 0 ? term.text.slice(0, colon) : '';
  if (name === '' || !Object.hasOwn(fields, name)) return folded.includes(term.text);
  return foldCase(fields[name] ?? '').includes(term.text.slice(colon + 1));
}

/** The parts of a text that the filter's words found, in order and without overlap: for highlighting. */
export function filterSpans(text: string, filter: string): Span[] {
  const folded = foldCase(text);
  const spans = cachedTerms(filter)
    .filter((term) => !term.excluded)
    .flatMap((term) => occurrences(folded, term.text));
  return joinSpans(spans);
}

/** Every place of `wanted` in `text`, without overlap. Both are taken as they are: fold the case first. */
export function occurrences(text: string, wanted: string): Span[] {
  const spans: Span[] = [];
  if (wanted === '') return spans;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
    spans.push({ from: at, to: at + wanted.length });
  return spans;
}

function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const before = joined.at(-1);
    if (before !== undefined && span.from <= before.to) before.to = Math.max(before.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}
