import type { LogLine } from '../engine/engine.ts';
import type { Span } from './filter.ts';
import { cutEnd, sliceCells, type CellSlice } from './fit-text.ts';
import {
  endIndex,
  lineNumberAt,
  lineRows,
  textCells,
  TIME_CELLS,
  topPlace,
  type RowPlace,
} from './log-rows.ts';
import { lowerBound, queryPattern, type LogState, type ViewSize } from './log-view.ts';
import { itemAt } from './ring.ts';

/** A row of the Logs tab. `gutter + time + text` is at most as wide as the view. */
export type VisibleLine =
  | { kind: 'notice'; text: string }
  | {
      kind: 'line';
      /** Number of the line since the log was opened. */
      line: number;
      /** Not the first row of its line. */
      continued: boolean;
      stream: LogLine['stream'];
      /** `! ` for stderr, blank for stdout. */
      gutter: string;
      /** `12:34:56 ` in local time, blank in further rows; empty while timestamps are off. */
      time: string;
      text: string;
      /** What the search found in `text`; `current` in the line that the last jump went to. */
      spans: readonly (Span & { current: boolean })[];
    };

/** What the Logs tab shows: exactly `rows` rows, or fewer where the log is shorter. */
export function selectLogView(log: LogState, size: ViewSize): VisibleLine[] {
  const lines: VisibleLine[] = [];
  const [cells, end] = [textCells(log, size), endIndex(log)];
  let { index, row }: RowPlace = topPlace(log, size);
  while (lines.length < size.rows && index < end) {
    const number = lineNumberAt(log, index);
    const line = itemAt(log.ring, number);
    if (line === undefined) lines.push(notice(log, size));
    else {
      const starts = lineRows(log, line, cells);
      for (; row < starts.length && lines.length < size.rows; row += 1)
        lines.push(visibleRow(log, line, number, row, starts, cells));
    }
    [index, row] = [index + 1, 0];
  }
  return lines;
}

function notice(log: LogState, size: ViewSize): VisibleLine {
  const count = log.ring.first;
  const text = `… ${count.toLocaleString('en-US')} earlier ${count === 1 ? 'line' : 'lines'} not kept`;
  return { kind: 'notice', text: cutEnd(text, size.columns) };
}

function visibleRow(
  log: LogState,
  line: LogLine,
  number: number,
  row: number,
  starts: readonly number[],
  cells: number,
): VisibleLine {
  const slice = log.wrap
    ? wrappedSlice(line.text, row, starts, cells)
    : sliceCells(line.text, log.left, cells);
  return {
    kind: 'line',
    line: number,
    continued: row > 0,
    stream: line.stream,
    gutter: line.stream === 'stderr' ? '! ' : '  ',
    time: log.timestamps ? (row === 0 ? shortTime(line.at) : ' '.repeat(TIME_CELLS)) : '',
    text: slice.text,
    spans: log.query === '' ? [] : spansIn(line.text, slice, log.query, log.current === number),
  };
}

function wrappedSlice(text: string, row: number, starts: readonly number[], cells: number): CellSlice {
  const start = starts[row] ?? 0;
  const end = starts[row + 1] ?? text.length;
  const slice = sliceCells(text.slice(start, end), 0, cells);
  return { ...slice, start, end: start + slice.end };
}

/** Looks only at what is in view and as far beside it as a match can reach. */
function spansIn(
  text: string,
  slice: CellSlice,
  query: string,
  current: boolean,
): (Span & { current: boolean })[] {
  const from = Math.max(0, slice.start - query.length + 1);
  const near = text.slice(from, slice.end + query.length - 1);
  const toCell = slice.lead - slice.start;
  const spans = [];
  for (const match of near.matchAll(queryPattern(query, 'gi'))) {
    const begin = Math.max(from + match.index, slice.start);
    const end = Math.min(from + match.index + match[0].length, slice.end);
    if (begin < end) spans.push({ from: begin + toCell, to: end + toCell, current });
  }
  return spans;
}

/** RFC 3339 to `12:34:56 ` in local time; blank where there is no time to read. */
export function shortTime(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return ' '.repeat(TIME_CELLS);
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  return `${parts.map((part) => `${part}`.padStart(2, '0')).join(':')} `;
}

export type LogStatus = {
  lines: number;
  forgotten: number;
  matches: number;
  /** From 1; 0 before a jump. */ current: number;
};

/** The figures for the line under the log: `match 3 of 12`, `10,000 lines`. */
export function selectLogStatus(log: LogState): LogStatus {
  const { matches, ring, current } = log;
  const at = current === null ? -1 : lowerBound(matches, current);
  const isKept = at >= 0 && itemAt(matches, at) === current;
  return {
    lines: ring.end - ring.first,
    forgotten: ring.first,
    matches: matches.end - matches.first,
    current: isKept ? at - matches.first + 1 : 0,
  };
}
