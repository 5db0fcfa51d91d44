const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * The newest values as bars in one line of exactly `width` cells, the newest at the right; blank where there is none
 * yet. The highest bar is the largest value in view, or `least` where that is more.
 */
export function sparkline(values: readonly number[], width: number, least: number): string {
  const shown = width > 0 ? values.slice(-width) : [];
  const top = Math.max(least, ...shown.filter(Number.isFinite), Number.MIN_VALUE);
  const bars = shown.map((value) => bar(value / top)).join('');
  return ' '.repeat(Math.max(0, width - shown.length)) + bars;
}

function bar(share: number): string {
  if (!Number.isFinite(share)) return ' ';
  const level = Math.max(0, Math.min(BARS.length - 1, Math.round(share * (BARS.length - 1))));
  return BARS[level] ?? ' ';
}
