const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

/** From when on each unit is used; never seconds, so that a screen at rest has nothing to redraw. */
const STEPS: readonly { from: number; unit: number; word: string }[] = [
  { from: 2 * YEAR, unit: YEAR, word: 'y' },
  { from: 2 * MONTH, unit: MONTH, word: 'mo' },
  { from: DAY, unit: DAY, word: 'd' },
  { from: HOUR, unit: HOUR, word: 'h' },
  { from: MINUTE, unit: MINUTE, word: 'min' },
];

/** How long it has been: `<1 min`, `2 min`, `3 h`, `5 d`. A time to come (clocks differ) counts as now. */
export function upFor(since: number, now: number): string {
  const elapsed = now - since;
  if (!Number.isFinite(elapsed)) return '?';
  const step = STEPS.find(({ from }) => elapsed >= from);
  return step === undefined ? '<1 min' : `${Math.floor(elapsed / step.unit)} ${step.word}`;
}

/** The same with the word: `2 min ago`. */
export function ago(since: number, now: number): string {
  return `${upFor(since, now)} ago`;
}

/** When those texts next change, in milliseconds since the epoch; Infinity where they never do. */
export function nextChange(since: number, now: number): number {
  const elapsed = now - since;
  if (!Number.isFinite(elapsed)) return Infinity;
  const index = STEPS.findIndex(({ from }) => elapsed >= from);
  if (index < 0) return since + MINUTE;
  const { unit } = STEPS[index] ?? { unit: MINUTE };
  const within = (Math.floor(elapsed / unit) + 1) * unit;
  return since + Math.min(within, STEPS[index - 1]?.from ?? Infinity);
}
