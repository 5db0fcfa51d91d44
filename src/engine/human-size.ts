const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Bytes as docker says them: decimal units, about three digits (`64 B`, `1.9 MB`, `133 MB`). */
export function humanSize(bytes: number): string {
  if (!Number.isFinite(bytes)) return '?';
  const sign = bytes < 0 ? '-' : '';
  let size = Math.abs(bytes);
  let unit = 0;
  // 999.5 would be printed as 1000: it belongs to the next unit.
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${sign}${digits(size)} ${UNITS[unit]}`;
}

function digits(size: number): string {
  return size < 99.95 ? `${Math.round(size * 10) / 10}` : `${Math.round(size)}`;
}
