import type { LogLine } from '../engine/engine.ts';
import { emptyLogRing, type LogRing } from './log-ring.ts';
import { appendToRing, emptyRing, forgetBefore, itemAt, sliceOf, type Ring } from './ring.ts';

/** A log and how it is looked at. Plain data, replaced and never changed in place. */
export type LogState = {
  ring: LogRing;
  /** The line and the row of it at the top of the view, which new lines do not move; null follows the newest. */
  top: LogPlace | null;
  wrap: boolean;
  /** First cell shown of every line while it is not wrapped. */
  left: number;
  timestamps: boolean;
  query: string;
  /** Shows only the lines that match, while there is a query. */
  onlyMatches: boolean;
  /** Numbers of the lines that match, ascending. */
  matches: Ring<number>;
  /** Number of the line that the last jump went to. */
  current: number | null;
};

export type LogPlace = { line: number; row: number };
export type ViewSize = { columns: number; rows: number };

const NO_MATCHES: Ring<number> = emptyRing({ items: Infinity, weight: Infinity, weigh: () => 0 });

export function openLogView(ring: LogRing = emptyLogRing()): LogState {
  return {
    ring,
    top: null,
    wrap: false,
    left: 0,
    timestamps: false,
    query: '',
    onlyMatches: false,
    matches: NO_MATCHES,
    current: null,
  };
}

/** Adds the lines that arrived, in time proportional to their number, also while something is searched for. */
export function appendLog(log: LogState, lines: readonly LogLine[]): LogState {
  const ring = appendToRing(log.ring, lines);
  if (log.query === '') return { ...log, ring };
  const found = matchingLines(ring, log.query, Math.max(log.ring.end, ring.first));
  const oldest = lowerBound(log.matches, ring.first);
  return { ...log, ring, matches: appendToRing(forgetBefore(log.matches, oldest), found) };
}

/** The log with another query and the lines it finds; the view stays where it is. */
export function withQuery(log: LogState, query: string): LogState {
  if (query === log.query) return log;
  const ring = log.ring;
  // What contains the longer word is among what contained the shorter one.
  const narrowed = log.query !== '' && query.includes(log.query);
  const found = narrowed ? narrow(log, query) : matchingLines(ring, query, ring.first);
  return { ...log, query, matches: appendToRing(NO_MATCHES, found), current: null };
}

function matchingLines(ring: LogRing, query: string, from: number): number[] {
  if (query === '') return [];
  const pattern = queryPattern(query, 'i');
  const found: number[] = [];
  let number = from;
  for (const line of sliceOf(ring, from)) {
    if (pattern.test(line.text)) found.push(number);
    number += 1;
  }
  return found;
}

function narrow(log: LogState, query: string): number[] {
  const pattern = queryPattern(query, 'i');
  return [...sliceOf(log.matches)].filter((number) => pattern.test(itemAt(log.ring, number)?.text ?? ''));
}

/** The query as it stands, in any case. A pattern and not lower case, because that would copy 8 MB at each key. */
export function queryPattern(query: string, flags: 'i' | 'gi'): RegExp {
  return new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), flags);
}

/** Index of the first match at or after a line; the end of the matches where there is none. */
export function lowerBound(matches: Ring<number>, line: number): number {
  let [low, high] = [matches.first, matches.end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((itemAt(matches, middle) ?? line) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
