import { piece } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import type { Page } from '../overlays.ts';
import type { OverlayView } from './overlay-view.ts';

/** As wide as the screen lets it be. */
const WIDTH = 160;

/** Something to read, from the line it is scrolled to. */
export const pageView = memoizeLast(({ title, lines }: Page, scroll: number): OverlayView => ({
  title,
  width: WIDTH,
  lines: lines.length === 0 ? [[piece('It is empty.', 'quiet')]] : lines,
  selected: -1,
  scroll,
  cursor: null,
}));
