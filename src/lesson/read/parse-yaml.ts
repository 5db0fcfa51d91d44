import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Scalar,
} from 'yaml';
import type { Complain } from './parse-problems.ts';
import { cleanLongText } from './parse-text.ts';

export type Path = readonly (string | number)[];

/** A value of a YAML text, and the line of the file on which each of its parts stands. */
export type Yaml = { value: unknown; lineOf: (path: Path) => number };

/** Keys of one map are compared with one another, so that time grows with the square of this. */
export const MOST_YAML = 32_000;
const MOST_LINES_SAID = 5;

/** What the parser's words mean for somebody who has never read the specification. */
const MEANING: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit, or a bracket is not closed',
  BAD_SCALAR_START: 'a text that begins with a sign such as ` @ % has to be in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a text with a colon in it has to be in quotes',
  DUPLICATE_KEY: 'this key is there twice',
  MISSING_CHAR: 'something is missing here: a closing quote or bracket, or a colon after a key',
  MULTIPLE_DOCS: 'a line of --- does not belong here',
  RESOURCE_EXHAUSTION: 'this is nested too deeply',
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
  UNEXPECTED_TOKEN:
    'something stands here that does not fit; a text with quotes in it has to be in quotes as a whole',
};

/** Reads YAML that begins on `firstLine` of its file; null where it cannot be read, after saying why. */
export function readYaml(text: string, firstLine: number, complain: Complain): Yaml | null {
  if (text.length > MOST_YAML) {
    complain(firstLine, `this is too long to be read: ${text.length} characters, at most ${MOST_YAML}`);
    return null;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => firstLine + Math.max(1, lines.linePos(offset).line) - 1;
  const wrong = [...document.errors, ...document.warnings].slice(0, MOST_LINES_SAID);
  for (const { code, message, pos } of wrong)
    complain(lineAt(pos[0]), `this is not YAML as it should be: ${MEANING[code] ?? message}`);
  return wrong.length > 0 ? null : plainOf(document, lineAt, complain);
}

function plainOf(document: Document, lineAt: (offset: number) => number, complain: Complain): Yaml | null {
  const lineByPath = new Map<string, number>();
  let isFine = true;
  const refuse = (offset: number, text: string): null => {
    isFine = false;
    complain(lineAt(offset), text);
    return null;
  };
  const start = (node: unknown): number => (node as { range?: [number] | null } | null)?.range?.[0] ?? 0;

  function plain(node: unknown, path: Path): unknown {
    if (!lineByPath.has(keyOf(path))) lineByPath.set(keyOf(path), lineAt(start(node)));
    if (isScalar(node)) return plainScalar(node);
    if (isAlias(node))
      return refuse(
        start(node),
        `write it out: *${node.source} (an alias) is not read; a text with * goes in quotes`,
      );
    if (isSeq(node)) return node.items.map((item, i) => plain(item, [...path, i]));
    return isMap(node) ? plainMap(node, path) : null;
  }

  function plainMap(
    node: { flow?: boolean; items: { key: unknown; value: unknown }[] },
    path: Path,
  ): unknown {
    const entries: [string, unknown][] = [];
    for (const { key, value } of node.items) {
      if (!isScalar(key))
        return refuse(start(key ?? node), 'a text that begins with {{ has to be in quotes: "{{name}}"');
      const name = String(plainScalar(key));
      if (node.flow === true && value === null && name.includes(' '))
        return refuse(start(key), 'within { } a text with a comma in it has to be in quotes');
      lineByPath.set(keyOf([...path, name]), lineAt(start(key)));
      entries.push([name, plain(value, [...path, name])]);
    }
    // Not by assignment: a key `__proto__` is a key like others.
    return Object.fromEntries(entries);
  }

  const value = plain(document.contents, []);
  return isFine ? { value, lineOf: (path) => nearest(lineByPath, path) } : null;
}

/** A number that would not be written as it stands there (1.10, 007) is kept as the text it may be meant as. */
function plainScalar({ value, source }: Scalar): unknown {
  if (typeof value === 'string') return cleanLongText(value);
  if (typeof value === 'number' || typeof value === 'bigint')
    return String(value) === source || source === undefined ? Number(value) : source;
  return typeof value === 'boolean' ? value : null;
}

function keyOf(path: Path): string {
  return path.join('\0');
}

function nearest(lineByPath: ReadonlyMap<string, number>, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lineByPath.get(keyOf(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return lineByPath.get('') ?? 1;
}
