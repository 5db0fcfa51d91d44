import type { JsonValue } from '../engine/engine.ts';

/** One thing that can be asked of an engine, and what it means. */
export type Route = {
  /** `POST /containers/:container/start`: `:name` is one step of the path, `:name*` at least one. Without a version. */
  ask: string;
  /**
   * What the call does, as the rest of a sentence that begins with “It”: no more than 90 characters. `{container}` is
   * what stands in the path there: `the container web`.
   */
  says: string | ((asked: Asked) => string);
  /** The engine, or something that it keeps, is another one afterwards. */
  changes?: true | ((asked: Asked) => boolean);
  /** Clients ask it of themselves before what they were told to do. */
  greeting?: true;
  /** What it is about, besides what stands in the path. */
  touches?: (asked: Asked) => readonly Touch[];
  /** What a 404 means, where that is not the first thing in the path. */
  missing?: string;
};

/** A row of the lists that a call is about; `ref` is an id, the beginning of one, or a name. */
export type Touch = { kind: TouchedKind; ref: string };
export type TouchedKind = 'container' | 'image' | 'volume' | 'network';

/** A call as the table looks at it: decoded, and without control characters. */
export type Asked = {
  /** A part of the path, by its name in the pattern; empty where there is none. */
  path: (name: string) => string;
  /** A value of the query; empty where there is none. */
  query: (name: string) => string;
  /** All values of a name that may come several times. */
  queries: (name: string) => readonly string[];
  /** Whether a switch in the query is on: `1` and `true`, in the spellings that Go takes. */
  isOn: (name: string) => boolean;
  /** A text in the JSON that was sent, at its top level; empty where there is none. */
  sent: (name: string) => string;
  /** The same in the answer. */
  answered: (name: string) => string;
  /** Something deeper in the JSON that was sent; null where there is none. */
  body: () => JsonValue;
};

/** Longest name in a sentence with one, and in a sentence with two of them. */
const ONE = 32;
const ONE_OF_TWO = 20;

/** A name as a sentence has it: ids with their first 12 digits, long names cut in the middle. */
export function shortName(name: string, limit: number = ONE): string {
  const id = /^(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}$/.exec(name);
  if (id?.[1] !== undefined) return id[1];
  const letters = [...name];
  if (letters.length <= limit) return name;
  const head = Math.ceil((limit - 1) / 2);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (limit - 1 - head)).join('')}`;
}

/** `the container web`, or `a container` where its name is not known. */
export function the(what: string, name: string, limit: number = ONE): string {
  if (name !== '') return `the ${what} ${shortName(what === 'image' ? familiar(name) : name, limit)}`;
  return `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;
}

/** `docker.io/library/web:1` as docker shows it: `web:1`. Its client sends the long form. */
export function familiar(image: string): string {
  return image.replace(/^docker\.io\/(?:library\/)?/, '');
}

/** The same where a sentence has two of them. */
export function theShort(what: string, name: string): string {
  return the(what, name, ONE_OF_TWO);
}

/** `a:1` of `fromImage=a&tag=1`; a tag may also be a digest. */
export function imageOf(repository: string, tag: string): string {
  if (repository === '' || tag === '') return repository;
  return `${repository}${/^[a-z0-9]+:[0-9a-f]{32,}$/.test(tag) ? '@' : ':'}${tag}`;
}

/** Images by both of their names, because docker lists the short one and podman the long one. */
export function touch(kind: TouchedKind, ...refs: readonly string[]): Touch[] {
  const names = kind === 'image' ? refs.flatMap((ref) => [ref, familiar(ref)]) : refs;
  return [...new Set(names)].filter((ref) => ref !== '').map((ref) => ({ kind, ref }));
}
