const DAY = 86_400_000;

/** When something comes, as people say it: `later today`, `tomorrow`, `on Thursday`, `on 12 March`. */
export function nextDay(at: number, now: number): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (days <= 0) return 'later today';
  if (days === 1) return 'tomorrow';
  const format: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' };
  return `on ${new Intl.DateTimeFormat('en-GB', format).format(at)}`;
}

/** Of the person's own day; with summer time some are 23 or 25 hours long, hence the rounding above. */
function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
