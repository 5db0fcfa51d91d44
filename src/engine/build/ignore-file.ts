import { posix } from 'node:path';
import { compilePattern, isWellFormed } from './ignore-pattern.ts';

/** A line of a `.dockerignore`. */
export type IgnoreRule = {
  /** As it is matched: cleaned, without a leading slash, without `!`. */
  pattern: string;
  /** Brings back what a line before it has kept out (`!`). */
  isException: boolean;
  /** In the file, counted from 1; 0 for those that Slipway adds. */
  line: number;
  matches: (path: string) => boolean;
};

export type IgnoreFile = { rules: readonly IgnoreRule[]; problem: string };

/** Reads a `.dockerignore` as the docker client does; `problem` says why it would refuse it. */
export function readIgnoreFile(source: string): IgnoreFile {
  const rules: IgnoreRule[] = [];
  for (const [at, raw] of source
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    // Only in the first column is `#` a comment.
    const text = raw.startsWith('#') ? '' : raw.trim();
    if (text === '') continue;
    const isException = text.startsWith('!');
    const pattern = cleanPattern(isException ? text.slice(1).trim() : text);
    if (isException && pattern === '')
      return { rules, problem: `line ${at + 1}: illegal exclusion pattern: "!"` };
    if (!isWellFormed(pattern)) return { rules, problem: `line ${at + 1}: syntax error in pattern: ${text}` };
    rules.push(ignoreRule(pattern, isException, at + 1));
  }
  return { rules, problem: '' };
}

export function ignoreRule(pattern: string, isException: boolean, line = 0): IgnoreRule {
  return { pattern, isException, line, matches: compilePattern(pattern) };
}

/** Go’s `filepath.Clean`, which knows no slash at the end, then without one in front. */
function cleanPattern(pattern: string): string {
  if (pattern === '') return '';
  const clean = posix.normalize(pattern);
  const bare = clean.length > 1 ? clean.replace(/\/$/, '') : clean;
  return bare.length > 1 && bare.startsWith('/') ? bare.slice(1) : bare;
}
