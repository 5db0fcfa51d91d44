/**
 * Which rows of the screen a log takes. Everything here looks at as many lines as the view has rows, however long
 * the log: positions are found from an end or an anchor, never counted from the beginning.
 */
import type { LogLine } from '../engine/engine.ts';
import { rowStarts } from './fit-text.ts';
import { lowerBound, type LogPlace, type LogState, type ViewSize } from './log-view.ts';
import { itemAt } from './ring.ts';

/** Cells before the text: the mark of stderr, then the time. */
export const GUTTER_CELLS = 2;
export const TIME_CELLS = 9;

/** A row: `index` counts the lines that are shown (all, or those that match), `row` the rows of that line. */
export type RowPlace = { index: number; row: number };

export function isFiltered(log: LogState): boolean {
  return log.onlyMatches && log.query !== '';
}

/** Index of the first thing shown; where lines were forgotten, that is a notice in front of the first line. */
export function firstIndex(log: LogState): number {
  return shown(log).first - (log.ring.first > 0 ? 1 : 0);
}

export function endIndex(log: LogState): number {
  return shown(log).end;
}

function shown(log: LogState): { first: number; end: number } {
  return isFiltered(log) ? log.matches : log.ring;
}

/** Number of the line at an index; that of the notice is one below the first. */
export function lineNumberAt(log: LogState, index: number): number {
  if (!isFiltered(log)) return index;
  return itemAt(log.matches, index) ?? (index < log.matches.first ? log.ring.first - 1 : log.ring.end);
}

export function indexOfLine(log: LogState, line: number): number {
  if (line < log.ring.first) return firstIndex(log);
  return isFiltered(log) ? lowerBound(log.matches, line) : line;
}

export function textCells(log: LogState, size: ViewSize): number {
  return Math.max(1, size.columns - GUTTER_CELLS - (log.timestamps ? TIME_CELLS : 0));
}

const measured = new WeakMap<LogLine, { cells: number; starts: readonly number[] }>();

/** Offsets at which the rows of a line begin. Kept, as a line of 64 KB takes a millisecond to measure. */
export function lineRows(log: LogState, line: LogLine, cells: number): readonly number[] {
  if (!log.wrap) return [0];
  const known = measured.get(line);
  if (known?.cells === cells) return known.starts;
  const starts = rowStarts(line.text, cells);
  measured.set(line, { cells, starts });
  return starts;
}

function rowCount(log: LogState, index: number, cells: number): number {
  const line = itemAt(log.ring, lineNumberAt(log, index));
  return line === undefined ? 1 : lineRows(log, line, cells).length;
}

/** The top row of the view that shows the newest line at its bottom. */
function lastTop(log: LogState, size: ViewSize): RowPlace {
  const end = { index: endIndex(log), row: 0 };
  return movePlace(log, size, end, -Math.max(1, size.rows));
}

/** Goes up or down some rows; stops at the first row and after the last. */
export function movePlace(log: LogState, size: ViewSize, from: RowPlace, by: number): RowPlace {
  const [first, end, cells] = [firstIndex(log), endIndex(log), textCells(log, size)];
  let { index } = from;
  let row = from.row + by;
  while (row < 0 && index > first) {
    index -= 1;
    row += rowCount(log, index, cells);
  }
  while (index < end && row >= rowCount(log, index, cells)) {
    row -= rowCount(log, index, cells);
    index += 1;
  }
  return index >= end ? { index: end, row: 0 } : { index, row: Math.max(0, row) };
}

/** The row at the top of the view, with the view kept full where the log is long enough. */
export function topPlace(log: LogState, size: ViewSize): RowPlace {
  const last = lastTop(log, size);
  if (log.top === null) return last;
  const index = indexOfLine(log, log.top.line);
  const exact = lineNumberAt(log, index) === log.top.line;
  const rows = index < endIndex(log) ? rowCount(log, index, textCells(log, size)) : 1;
  const place = { index, row: exact ? Math.min(log.top.row, rows - 1) : 0 };
  return comparePlaces(place, last) < 0 ? place : last;
}

export function isAtEnd(log: LogState, size: ViewSize, place: RowPlace): boolean {
  return comparePlaces(place, lastTop(log, size)) >= 0;
}

export function comparePlaces(a: RowPlace, b: RowPlace): number {
  return a.index - b.index || a.row - b.row;
}

export function anchorAt(log: LogState, place: RowPlace): LogPlace {
  return { line: lineNumberAt(log, place.index), row: place.row };
}
