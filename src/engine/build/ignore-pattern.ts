/** In Go’s matcher these stand for themselves. */
const PLAIN = /[.+()|{}$]/;

/**
 * A pattern of a `.dockerignore`, compiled as github.com/moby/patternmatcher does: to a comparison where it can be one, else
 * to a regular expression. What looks odd here is odd there: `**` at the beginning compares ends, so `**x` is `*x` at any depth.
 */
export function compilePattern(pattern: string): (path: string) => boolean {
  let source = '';
  let kind: 'exact' | 'prefix' | 'suffix' | 'expression' = 'exact';
  for (let at = 0, count = 0; at < pattern.length; count += 1) {
    const character = pattern[at]!;
    at += 1;
    if (character === '*' && pattern[at] === '*') {
      at += pattern[at + 1] === '/' ? 2 : 1;
      if (at < pattern.length) {
        source += '(.*/)?';
        kind = 'expression';
      } else if (kind === 'exact') kind = 'prefix';
      else {
        source += '.*';
        kind = 'expression';
      }
      if (count === 0) kind = 'suffix';
    } else if (character === '*' || character === '?') {
      source += character === '*' ? '[^/]*' : '[^/]';
      kind = 'expression';
    } else if (character === '\\') {
      source += pattern[at] === undefined ? '\\\\' : escaped(pattern[at]!);
      if (at < pattern.length) kind = 'expression';
      at += 1;
    } else {
      source += PLAIN.test(character) ? `\\${character}` : character;
      if (character === '[' || character === ']') kind = 'expression';
    }
  }
  return comparison(pattern, kind, source);
}

function comparison(pattern: string, kind: string, source: string): (path: string) => boolean {
  if (kind === 'exact') return (path) => path === pattern;
  if (kind === 'prefix') {
    const start = pattern.slice(0, -2);
    return (path) => path.startsWith(start);
  }
  if (kind === 'suffix') {
    const end = pattern.slice(2);
    return (path) => path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
  }
  const expression = expressionOf(`^${source}$`);
  return (path) => expression.test(path);
}

/** By characters, not by halves of them, where JavaScript is as lenient then as Go is. Throws `SyntaxError`. */
function expressionOf(source: string): RegExp {
  return tryExpression(source, 'u') ?? new RegExp(source);
}

function tryExpression(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const escaped = (character: string): string => (/[A-Za-z0-9]/.test(character) ? character : `\\${character}`);

/** Whether Go accepts the pattern: sets closed and not empty, nothing missing after a backslash, ranges in order. */
export function isWellFormed(pattern: string): boolean {
  if (!isAccepted(pattern)) return false;
  try {
    compilePattern(pattern);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** As Go’s `filepath.Match` looks at it. */
function isAccepted(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === '[') at = endOfSet(pattern, at + 1);
    if (at === -1 || at >= pattern.length) return false;
  }
  return true;
}

/** Index of the bracket that closes a set; -1 where the set is malformed. */
function endOfSet(pattern: string, from: number): number {
  let at = pattern[from] === '^' ? from + 1 : from;
  for (let members = 0; ; members += 1) {
    if (pattern[at] === ']' && members > 0) return at;
    at = afterMember(pattern, at);
    if (pattern[at] === '-') at = afterMember(pattern, at + 1);
    if (at === -1 || at >= pattern.length) return -1;
  }
}

function afterMember(pattern: string, at: number): number {
  const character = pattern[at];
  if (at === -1 || character === undefined || character === '-' || character === ']') return -1;
  return character === '\\' ? at + 2 : at + 1;
}
