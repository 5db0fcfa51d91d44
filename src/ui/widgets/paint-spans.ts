import type { Span } from '../../model/filter.ts';
import type { Paint, Style } from '../theme.ts';

/** Marks the parts of a text that a search found; the one the last jump went to is inverse. */
export function paintSpans(
  text: string,
  spans: readonly (Span & { current?: boolean })[],
  paint: Paint,
  style: Style = 'plain',
): string {
  if (spans.length === 0) return paint(style, text);
  let out = '';
  let at = 0;
  for (const { from, to, current } of spans) {
    out += paint(style, text.slice(at, from)) + paint(current ? 'selected' : 'match', text.slice(from, to));
    at = to;
  }
  return out + paint(style, text.slice(at));
}
