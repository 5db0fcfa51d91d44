import {
  array,
  boolean,
  custom,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  picklist,
  pipe,
  record,
  regex,
  safeParse,
  strictObject,
  string,
  transform,
  union,
  type GenericSchema,
  type InferOutput,
  type ObjectEntries,
} from 'valibot';
import { didYouMean, didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { Complain } from './parse-problems.ts';
import type { Path } from './parse-yaml.ts';

/** What is looked at, where it stands in its YAML text, and where to say what is wrong with it. */
export type Place = { value: unknown; path: Path; lineOf: (path: Path) => number; complain: Complain };

const MOST_TEXT = 8000;
const MOST_ITEMS = 200;
const SHOWN = 40;

/** `the number 3`, `“abc”`, `nothing`: what stands there, for a complaint. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  if (typeof value === 'string')
    return `“${value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}”`.replaceAll('\n', ' ');
  return typeof value === 'number' ? `the number ${value}` : JSON.stringify(value);
}

const need =
  (what: string) =>
  ({ input }: { input: unknown }): string =>
    `has to be ${what}, and ${shown(input)} is there`;

const anyText = pipe(
  union([string(), number(), boolean()], need('a text')),
  transform(String),
  maxLength(MOST_TEXT, `is too long: at most ${MOST_TEXT} characters`),
);
export const text = pipe(anyText, minLength(1, 'is empty'));
/** What is read by people; a YAML text of several lines ends with a line end that says nothing. */
export const sentence = pipe(
  text,
  transform((said) => said.trim()),
);
export const flag = boolean(need('true or false'));
export const yes = pipe(
  flag,
  custom<true>((value) => value === true, 'can only be true here; use `not:` for the opposite'),
);

export function whole(least: number, most: number) {
  const message = need(`a whole number from ${least} to ${most}`);
  return pipe(number(message), integer(message), minValue(least, message), maxValue(most, message));
}

/** A text of a certain form, which `what` tells. */
export function textLike(form: RegExp, what: string) {
  return pipe(text, regex(form, need(what)));
}

/** A text that means something, such as a size: `read` gives null where it cannot be read. */
export function textFor<T>(read: (text: string) => T | null, what: string) {
  const message = need(what);
  return pipe(
    text,
    custom<string>((value) => read(String(value)) !== null, message),
    transform((value) => read(value) as T),
  );
}

export function oneOf<const T extends readonly string[]>(words: T) {
  return picklist(words, ({ input }) => {
    const near = typeof input === 'string' ? didYouMeanHint(input, words) : '';
    return `has to be one of ${words.join(', ')}, and ${shown(input)} is there${near}`;
  });
}

export function listOf<S extends GenericSchema>(item: S, least = 0) {
  return pipe(
    array(item, need('a list')),
    minLength(least, `needs at least ${least} of them`),
    maxLength(MOST_ITEMS, `has too many: at most ${MOST_ITEMS}`),
  );
}

/** One, or a list of them. */
export function oneOrMore<S extends GenericSchema<unknown, string>>(item: S) {
  return union(
    [
      pipe(
        item,
        transform((only) => [only]),
      ),
      listOf(item, 1),
    ],
    need('a text, or a list of texts'),
  );
}

export const textMap = record(string(), text, need('a map such as {key: text}'));

/** A map with these keys and no others. */
export function shape<const T extends ObjectEntries>(entries: T) {
  const known = Object.keys(entries);
  return strictObject(entries, (issue) => {
    const last = issue.path?.at(-1)?.key;
    const key = typeof last === 'string' ? last : '';
    if (issue.expected === 'never') return unknownKey(key, known);
    // A key that has to be there and is not: its name is the end of the path, its parent the place.
    if (issue.received === 'undefined' && key !== '' && known.includes(key)) return 'is missing';
    return need(`a map with ${known.join(', ')}`)(issue);
  });
}

export function unknownKey(key: string, known: readonly string[]): string {
  const near = didYouMean(key, known);
  return `is not known here; ${near === null ? `known are ${known.join(', ')}` : `did you mean ${near}?`}`;
}

/** A map of which at least one key has to be there. */
export function someOf<const T extends ObjectEntries>(entries: T) {
  return pipe(
    shape(entries),
    custom<InferOutput<ReturnType<typeof shape<T>>>>(
      (value) => Object.keys(value as object).length > 0,
      `is empty: it takes ${Object.keys(entries).join(', ')}`,
    ),
  );
}

/** The value in its right shape; undefined where it has not got it, after saying all that is wrong. */
export function fit<S extends GenericSchema>(schema: S, place: Place): InferOutput<S> | undefined {
  const result = safeParse(schema, place.value);
  if (result.success) return result.output;
  for (const { path, message } of result.issues) {
    const inner = (path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
    const at = [...place.path, ...inner];
    place.complain(place.lineOf(at), `${nameOf(at)} ${message}`);
  }
  return undefined;
}

/** `is.exitCode`, `options[2]`: the last parts of the path, as an author writes them; the line tells the rest. */
export function nameOf(path: Path): string {
  const from = path.findLastIndex((part, i) => typeof part === 'number' && i < path.length - 1) + 1;
  const parts = path
    .slice(Math.max(from, path.length - 3))
    .map((part) => (typeof part === 'number' ? ` ${part + 1}` : `.${part}`));
  return parts.join('').replace(/^[. ]/, '') || 'this';
}

export function inside(place: Place, key: string | number): Place {
  const value = (place.value as Record<string | number, unknown>)[key];
  return { ...place, value, path: [...place.path, key] };
}
