import { check, exactOptional, minLength, pipe, record, regex, string, transform, union } from 'valibot';
import { FEATURES, type Lesson, PROVIDED_NAMES } from '../lesson.ts';
import { ID_FORM, idText } from './parse-ids.ts';
import type { Complain } from './parse-problems.ts';
import { fit, listOf, oneOf, shape, someOf, text, textFor, textLike, whole } from './parse-shapes.ts';
import { readYaml } from './parse-yaml.ts';

/** What is said of the lesson as a whole, before its text. */
export type Front = Omit<Lesson, 'number' | 'intro' | 'steps' | 'folder' | 'language'>;

/** The YAML between the `---` lines, and the Markdown after it; null where there is none. */
export type Parted = { front: string; body: string; bodyLine: number };

export function partFrontMatter(lines: readonly string[], complain: Complain): Parted | null {
  if (lines[0]?.trimEnd() !== '---') {
    complain(1, 'the file has to begin with a line of --- and the keys of the lesson (id, title, …)');
    return null;
  }
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---');
  if (end < 0) {
    complain(1, 'the keys of the lesson are not closed: a second line of --- is missing');
    return null;
  }
  return { front: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 };
}

/** `>=20.10` → `20.10`; `no` → null; undefined where it is neither. */
function readVersion(said: string): string | null | undefined {
  if (said === 'no' || said === 'false') return null;
  return /^(?:>= ?)?(\d{1,3}(?:\.\d{1,3}){0,2})$/.exec(said)?.[1];
}

const version = pipe(
  textFor((said) => (readVersion(said) === undefined ? null : said), 'a version such as ">=20.10", or no'),
  transform((said) => readVersion(said) ?? null),
);

const needs = shape({
  docker: exactOptional(version, '20.10'),
  podman: exactOptional(version, '4.0'),
  features: exactOptional(listOf(oneOf(FEATURES)), []),
});

/** Filled into shell lines as it is, so nothing that a shell acts on. */
const keptName = textLike(
  /^[a-z0-9][a-z0-9_.-]{1,39}(?::[a-z0-9_.-]{1,39})?$/,
  'a name of small letters, digits and -, such as keep',
);
const picked = textLike(/^[a-z0-9][a-z0-9_.-]{0,39}$/, 'a short text of small letters, digits and -');
const variable = union(
  [
    shape({ name: keptName }),
    shape({ words: whole(1, 4) }),
    shape({ port: whole(1024, 65_000) }),
    shape({ pick: pipe(listOf(picked), minLength(2, 'has to be two or more, to pick one of')) }),
    shape({ from: oneOf(PROVIDED_NAMES) }),
  ],
  'has to be {name: keep}, {words: 2}, {port: 8088}, {pick: [a, b]} or {from: compose} (a name: small letters, digits and -; 1 to 4 words; a port from 1024)',
);
const variableName = pipe(
  string(),
  regex(/^[a-z][a-zA-Z0-9]{0,29}$/, 'has to be letters and digits only, beginning with a small letter'),
);

const MOST_VARIABLES = 20;

const frontShape = shape({
  id: idText,
  title: text,
  version: exactOptional(whole(1, 100_000), 1),
  minutes: whole(1, 240),
  difficulty: exactOptional(oneOf(['beginner', 'intermediate', 'advanced']), 'beginner'),
  requires: exactOptional(listOf(idText), []),
  teaches: exactOptional(listOf(text), []),
  myths: exactOptional(listOf(text), []),
  needs: exactOptional(needs, {}),
  images: exactOptional(listOf(text), []),
  vars: exactOptional(
    pipe(
      record(variableName, variable),
      check((vars) => Object.keys(vars).length <= MOST_VARIABLES, `has too many: at most ${MOST_VARIABLES}`),
    ),
    {},
  ),
});

export function parseFrontMatter(front: string, complain: Complain): Front | undefined {
  const yaml = readYaml(front, 2, complain);
  return yaml === null ? undefined : fit(frontShape, { ...yaml, path: [], complain });
}

const translatedShape = someOf({ title: exactOptional(text), id: exactOptional(textLike(/./, ID_FORM)) });

/** Of a translation only the title counts; the id may stand there for whoever reads the file. */
export function parseTranslatedFront(front: string, complain: Complain): { title?: string } | undefined {
  const yaml = readYaml(front, 2, complain);
  return yaml === null ? undefined : fit(translatedShape, { ...yaml, path: [], complain });
}
