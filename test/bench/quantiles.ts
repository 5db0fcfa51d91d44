/** A value that could not be measured (nothing appeared in time) is null, and counts in no quantile. */
export type Measured = number | null;

export function quantile(values: readonly Measured[], q: number): Measured {
  const sorted = values.filter((v) => v !== null).toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? null : low + (high - low) * (at % 1);
}

export const median = (values: readonly Measured[]): Measured => quantile(values, 0.5);
export const p95 = (values: readonly Measured[]): Measured => quantile(values, 0.95);

/** The most; null as soon as one was not seen. */
export const worst = (values: readonly Measured[]): Measured =>
  values.includes(null) ? null : quantile(values, 1);

/** How many were not seen: to look at first, as the quantiles leave them out. */
export const missed = (values: readonly Measured[]): number => values.filter((v) => v === null).length;
