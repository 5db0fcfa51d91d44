import type { LogLine } from '../engine/engine.ts';
import { emptyRing, type Ring } from './ring.ts';

/** The newest lines of a log. A line's number is its place since the log was opened; `first` lines are not kept. */
export type LogRing = Ring<LogLine>;

const LINES = 10_000;
/** In UTF-16 units, which is bytes for the usual log; about 8 MB. */
const TEXT = 8_000_000;
/** Keeps a flood of empty lines from counting as nothing. */
const LINE_WEIGHT = 32;

export function emptyLogRing(limits: { lines?: number; text?: number } = {}): LogRing {
  return emptyRing({
    items: limits.lines ?? LINES,
    weight: limits.text ?? TEXT,
    weigh: (line) => line.text.length + LINE_WEIGHT,
  });
}
