import { exactOptional, type GenericSchema } from 'valibot';
import { didYouMean } from '../../engine/did-you-mean.ts';
import { isRow } from '../../engine/fields.ts';
import type { Claim, Filter, Test, Which } from '../check.ts';
import { PREDICATES, SUBJECTS, type Subject } from './parse-predicates.ts';
import {
  fit,
  flag,
  inside,
  oneOf,
  shown,
  someOf,
  text,
  textLike,
  textMap,
  shape,
  unknownKey,
} from './parse-shapes.ts';
import type { Place } from './parse-shapes.ts';

const COMBINATORS = ['all', 'any', 'not', 'elsewhere'] as const;
const MOST_DEPTH = 8;

export const filterShape = someOf({
  name: exactOptional(text),
  image: exactOptional(text),
  state: exactOptional(text),
  label: exactOptional(textMap),
  since: exactOptional(oneOf(['step', 'lesson'])),
  anonymous: exactOptional(flag),
});

/** A path below a folder: without a root, and without a way up. */
const belowFolder = textLike(
  /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\0\\]+$/,
  'a path below the folder, such as notes.txt',
);

const scriptShape = shape({ file: belowFolder, input: exactOptional(textMap, {}) });

/** The test that a map holds, beside the keys that are `taken` for something else; undefined after saying what is wrong. */
export function parseTest(place: Place, taken: readonly string[] = [], depth = 0): Test | undefined {
  const { value, complain } = place;
  const line = place.lineOf(place.path);
  if (!isRow(value))
    return complain(line, `a test has to be a map such as {container: web}, and ${shown(value)} is there`);
  if (depth > MOST_DEPTH) return complain(line, `tests are nested too deeply: at most ${MOST_DEPTH} levels`);
  const keys = Object.keys(value).filter((key) => !taken.includes(key));
  const kind = [...COMBINATORS, 'script' as const, ...SUBJECTS].find((key) => keys.includes(key));
  if (kind === undefined) return complain(line, noSubject(keys, taken));
  const meant = misspeltSubject(kind, keys);
  if (meant !== null)
    return complain(place.lineOf([...place.path, meant]), `${meant} ${unknownKey(meant, SUBJECTS)}`);
  if (isSubject(kind)) return parseClaim(place, kind, keys);
  refuseOthers(place, keys, [kind, ...taken]);
  if (kind === 'script') {
    const script = fit(scriptShape, inside(place, kind));
    return script === undefined ? undefined : { script };
  }
  return parseCombined(inside(place, kind), kind, depth);
}

function isSubject(kind: string): kind is Subject {
  return (SUBJECTS as readonly string[]).includes(kind);
}

/** `image` and `file` are also claimed of other subjects: beside them, a word near to one of those is the subject. */
function misspeltSubject(kind: string, keys: readonly string[]): string | null {
  if (kind !== 'image' && kind !== 'file') return null;
  const known = Object.keys(PREDICATES[kind]);
  return (
    keys.find((key) => key !== kind && !known.includes(key) && didYouMean(key, SUBJECTS) !== null) ?? null
  );
}

function noSubject(keys: readonly string[], taken: readonly string[]): string {
  const known = [...SUBJECTS, ...COMBINATORS, 'script'];
  const said = `says nothing to look at: it needs one of ${known.join(', ')}`;
  const [first] = keys;
  return first === undefined
    ? `this ${said}`
    : `this ${said}; “${first}” ${unknownKey(first, [...known, ...taken])}`;
}

function refuseOthers(place: Place, keys: readonly string[], known: readonly string[]): void {
  for (const key of keys)
    if (!known.includes(key))
      place.complain(place.lineOf([...place.path, key]), `${key} ${whyOther(key, known)}`);
}

function whyOther(key: string, known: readonly string[]): string {
  const isSecond = isSubject(key) || [...COMBINATORS, 'script'].includes(key);
  return isSecond
    ? `does not go with ${known[0]}: a test looks at one thing, several go into all: or any:`
    : unknownKey(key, known);
}

function parseCombined(place: Place, kind: (typeof COMBINATORS)[number], depth: number): Test | undefined {
  if (kind === 'not' || kind === 'elsewhere') {
    const inner = parseTest(place, [], depth + 1);
    if (inner === undefined) return undefined;
    return kind === 'not' ? { not: inner } : { elsewhere: inner };
  }
  const { value } = place;
  if (!Array.isArray(value) || value.length === 0)
    return place.complain(
      place.lineOf(place.path),
      `${kind} has to be a list of tests, and ${shown(value)} is there`,
    );
  const tests = value.map((_, i) => parseTest(inside(place, i), [], depth + 1));
  const read = tests.filter((test) => test !== undefined);
  if (read.length < tests.length) return undefined;
  return kind === 'all' ? { all: read } : { any: read };
}

/** The subject, and every other key as something that is claimed of it. */
function parseClaim(place: Place, subject: Subject, keys: readonly string[]): Claim | undefined {
  const rows = new Map<string, GenericSchema>(Object.entries(PREDICATES[subject]));
  const claimed = keys.filter((key) => key !== subject);
  refuseOthers(place, claimed, [subject, ...rows.keys()]);
  const of = parseSubject(inside(place, subject), subject);
  const predicates = claimed.flatMap((key) => {
    const schema = rows.get(key);
    return schema === undefined ? [] : [fit(schema, inside(place, key))];
  });
  if (of === undefined || predicates.includes(undefined)) return undefined;
  refuseCount(place, of, claimed);
  if (predicates.length === 0) predicates.push(...wantedAnyway(subject));
  if (predicates.length === 0)
    return place.complain(place.lineOf(place.path), `engine needs one of ${[...rows.keys()].join(', ')}`);
  // The table gives each subject its own predicates, which a type of a lookup by key cannot say.
  return { subject, ...(subject === 'engine' ? {} : { of }), predicates } as Claim;
}

/** What is claimed where nothing is said. */
function wantedAnyway(subject: Subject): readonly object[] {
  if (subject === 'engine') return [];
  return subject === 'registry' ? [{ answers: true }] : [{ exists: true }];
}

function refuseCount(place: Place, of: string | Which, claimed: readonly string[]): void {
  const isNamed = typeof of === 'string' || 'name' in of;
  if (isNamed && claimed.includes('count'))
    place.complain(
      place.lineOf([...place.path, 'count']),
      'count counts what a filter lets through, such as {image: tiny:1}; of one name there is one or none',
    );
}

function parseSubject(place: Place, subject: Subject): Which | string | undefined {
  if (subject === 'engine') return fit(oneOfTrue, place) === undefined ? undefined : '';
  if (subject === 'registry') return fit(text, place);
  if (subject === 'file') return fit(belowFolder, place);
  if (!isRow(place.value) || subject === 'service') {
    const name = fit(text, place);
    return name === undefined ? undefined : { name };
  }
  const filter: Filter | undefined = fit(filterShape, place);
  return filter === undefined ? undefined : { filter };
}

const oneOfTrue = textLike(/^true$/, 'true, as in engine: true');
