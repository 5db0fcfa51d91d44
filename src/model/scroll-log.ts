import { lowerBound, withQuery, type LogState, type ViewSize } from './log-view.ts';
import {
  anchorAt,
  comparePlaces,
  endIndex,
  firstIndex,
  indexOfLine,
  isAtEnd,
  lineNumberAt,
  movePlace,
  topPlace,
} from './log-rows.ts';
import { itemAt } from './ring.ts';

/** Up (negative) or down some rows. Reaching the end follows again. */
export function scrollLog(log: LogState, by: number, size: ViewSize): LogState {
  const from = topPlace(log, size);
  const to = movePlace(log, size, from, by);
  if (isAtEnd(log, size, to)) return by > 0 ? followLog(log) : log;
  return { ...log, top: anchorAt(log, to) };
}

/** To the oldest line that is kept. */
export function scrollLogToStart(log: LogState, size: ViewSize): LogState {
  const first = { index: firstIndex(log), row: 0 };
  return isAtEnd(log, size, first) ? followLog(log) : { ...log, top: anchorAt(log, first) };
}

/** To the newest line, and on with it. */
export function followLog(log: LogState): LogState {
  return log.top === null ? log : { ...log, top: null };
}

/** Holds the view still, or follows again. */
export function toggleFollow(log: LogState, size: ViewSize): LogState {
  return log.top === null ? { ...log, top: anchorAt(log, topPlace(log, size)) } : followLog(log);
}

/** To the right, or left (negative); not beyond the longest line in view. Means nothing while lines are wrapped. */
export function scrollLogSideways(log: LogState, by: number, size: ViewSize): LogState {
  if (log.wrap) return log;
  const top = topPlace(log, size).index;
  let longest = 0;
  for (let index = top; index < Math.min(endIndex(log), top + size.rows); index += 1)
    longest = Math.max(longest, itemAt(log.ring, lineNumberAt(log, index))?.text.length ?? 0);
  return { ...log, left: Math.max(0, Math.min(log.left + by, longest - 1)) };
}

/** Wraps lines or not; the line at the top stays there. */
export function toggleWrap(log: LogState): LogState {
  return { ...log, wrap: !log.wrap, left: 0, top: log.top === null ? null : { line: log.top.line, row: 0 } };
}

export function toggleTimestamps(log: LogState): LogState {
  return { ...log, timestamps: !log.timestamps };
}

/** Shows only the lines that match, or all again; the line at the top stays in view. */
export function toggleOnlyMatches(log: LogState): LogState {
  return { ...log, onlyMatches: !log.onlyMatches };
}

/** Looks for a text as it is typed, and goes to the first match from the top of the view on. Empty: ends the search. */
export function searchLog(log: LogState, query: string, size: ViewSize): LogState {
  const start = lineNumberAt(log, topPlace(log, size).index);
  const found = withQuery(log, query);
  const { matches } = found;
  const index = Math.min(lowerBound(matches, start), matches.end - 1);
  const line = itemAt(matches, index);
  return line === undefined ? found : goToLine(found, line, size);
}

/** To the next (1) or previous (-1) line that matches, around the end. */
export function nextMatch(log: LogState, direction: 1 | -1, size: ViewSize): LogState {
  const { matches } = log;
  const count = matches.end - matches.first;
  if (count === 0) return log;
  const from = log.current ?? lineNumberAt(log, topPlace(log, size).index);
  const at = lowerBound(matches, from);
  const isHere = itemAt(matches, at) === log.current;
  const next = direction < 0 ? at - 1 : isHere ? at + 1 : at;
  const line = itemAt(matches, matches.first + ((next - matches.first + count) % count));
  return line === undefined ? log : goToLine(log, line, size);
}

/** Moves only when the line is not wholly in view; then it comes to stand a third down. */
function goToLine(log: LogState, line: number, size: ViewSize): LogState {
  const here = { ...log, current: line };
  const target = { index: indexOfLine(here, line), row: 0 };
  const top = topPlace(here, size);
  const below = movePlace(here, size, top, size.rows - 1);
  if (comparePlaces(target, top) >= 0 && comparePlaces(target, below) <= 0) return here;
  const to = movePlace(here, size, target, -Math.floor(size.rows / 3));
  return { ...here, top: anchorAt(here, to) };
}
