import { KINDS, type Kind } from '../engine/objects.ts';
import { countRowsByKind } from './select-rows.ts';
import type { Focus, Size, State } from './state.ts';

/** A rectangle of terminal cells, borders included; x and y count from 0. */
export type Rect = { x: number; y: number; width: number; height: number };

export type Layout = {
  /** Of the focus when it fills the screen, else of the four lists and the details. */
  panes: Readonly<Partial<Record<Focus, Rect>>>;
  status: Rect;
  bottom: Rect;
};

export const SMALLEST: Size = { columns: 80, rows: 24 };

/** The size to lay out for. Plain text for a screen reader has no panes, so that no window is too small for it. */
export function screenSize({ columns, rows }: Size, flat: boolean): Size {
  if (!flat) return { columns, rows };
  return { columns: Math.max(columns, SMALLEST.columns), rows: Math.max(rows, SMALLEST.rows) };
}

export function isTooSmall(size: Size): boolean {
  return size.columns < SMALLEST.columns || size.rows < SMALLEST.rows;
}

/** Lists keep to the left: wide enough for a status beside a name, never more than they can use. */
function leftWidth(columns: number): number {
  return Math.max(36, Math.min(84, Math.floor(columns * 0.42)));
}

/** Where everything stands. Lists share their borders: each rectangle includes its own top line only. */
export function selectLayout(state: State): Layout {
  const { columns, rows } = state.size;
  const status = { x: 0, y: 0, width: columns, height: 1 };
  const bottom = { x: 0, y: rows - 1, width: columns, height: 1 };
  const body = { x: 0, y: 1, width: columns, height: rows - 2 };
  if (state.zoomed) return { status, bottom, panes: { [state.focus]: body } };
  const width = leftWidth(columns);
  const details = { ...body, x: width, width: columns - width };
  const heights = listHeights(body.height - 1, countRowsByKind(state), state.subject);
  const panes: Partial<Record<Focus, Rect>> = { details };
  let y = body.y;
  for (const kind of KINDS) {
    // The last list also has the bottom border.
    const height = heights[kind] + (kind === 'network' ? 1 : 0);
    panes[kind] = { x: 0, y, width, height };
    y += height;
  }
  return { status, bottom, panes };
}

/**
 * Shares `height` lines among the four lists, a title line each included. Every list gets two rows; the rest goes to
 * the list in use first, then from the top down, to each as much as it has rows; what is left over goes to containers.
 */
export function listHeights(
  height: number,
  counts: Readonly<Record<Kind, number>>,
  inUse: Kind,
): Readonly<Record<Kind, number>> {
  const heights: Record<Kind, number> = { container: 3, image: 3, volume: 3, network: 3 };
  let left = height - 12;
  for (const kind of [inUse, ...KINDS]) {
    const more = Math.min(left, Math.max(0, counts[kind] + 1 - heights[kind]));
    heights[kind] += more;
    left -= more;
  }
  heights.container += Math.max(0, left);
  return heights;
}

/** Which pane covers a cell of the screen. */
export function paneAt(layout: Layout, x: number, y: number): { focus: Focus; rect: Rect } | null {
  for (const [focus, rect] of Object.entries(layout.panes) as [Focus, Rect][]) {
    if (x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height)
      return { focus, rect };
  }
  return null;
}

/** Lines for content inside a pane: a list has its title line above (and the last or zoomed one a border below). */
export function contentHeight(rect: Rect, focus: Focus, zoomed: boolean): number {
  const hasBottom = zoomed || focus === 'network' || focus === 'details';
  return Math.max(0, rect.height - (hasBottom ? 2 : 1));
}

/** First visible row of a list so that the selected one is in view, as near to the middle as the ends allow. */
export function firstVisible(selected: number, total: number, height: number): number {
  const centred = selected - Math.floor(height / 2);
  return Math.max(0, Math.min(centred, total - height));
}

/** Room for the content of the details: inside the borders, one line less for the tab's own status. */
export function detailSize(state: State): Size {
  const rect = selectLayout(state).panes.details;
  if (rect === undefined) return { columns: 0, rows: 0 };
  return { columns: Math.max(0, rect.width - 2), rows: Math.max(0, rect.height - 3) };
}
