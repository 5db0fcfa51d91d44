import { KINDS, type Kind } from '../engine/objects.ts';
import type { OpenLesson } from './learn-state.ts';
import { countRowsByKind } from './select-rows.ts';
import { isList, type Dock, type DockPane, type Focus, type Size, type State } from './state.ts';

/** A rectangle of terminal cells, borders included; x and y count from 0. */
export type Rect = { x: number; y: number; width: number; height: number };

export type Layout = {
  /** Of the focus when it fills the screen, else of all that are in view. */
  panes: Readonly<Partial<Record<Focus, Rect>>>;
  /** The list that has borders of its own all around; null where the four stand on each other. */
  alone: Kind | null;
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
  if (state.zoomed) {
    const { focus } = state;
    return { status, bottom, panes: { [focus]: body }, alone: isList(focus) ? focus : null };
  }
  const docked = state.dock.open ? dockHeight(body.height, state.learn.lesson) : 0;
  const above = { ...body, height: body.height - docked };
  const isLow = above.height < LISTS_NEED;
  const panes = {
    ...panesAbove(state, above),
    ...(docked === 0 ? {} : dockPanes(state.dock, { ...body, y: body.y + above.height, height: docked })),
  };
  return { status, bottom, panes, alone: isLow && state.subject in panes ? state.subject : null };
}

type Panes = Partial<Record<Focus, Rect>>;

/** From here on a lesson has room beside the lists, and from there on beside the details, too. */
const LESSON_BESIDE_LISTS = 110;
const LESSON_BESIDE_DETAILS = 170;

/** What stands above the terminal and the wire. */
function panesAbove(state: State, area: Rect): Panes {
  const left = leftWidth(area.width);
  const right = { ...area, x: left, width: area.width - left };
  const lists = listPanes(state, { ...area, width: left });
  if (state.learn.lesson === null) return { ...lists, details: right };
  if (area.width >= LESSON_BESIDE_DETAILS) return threeColumns(state, area);
  if (area.width < LESSON_BESIDE_LISTS)
    return state.above === 'lesson' ? { lesson: area } : { ...lists, details: right };
  return { ...lists, [state.above === 'details' ? 'details' : 'lesson']: right };
}

/** Lists, details, and the lesson next to what it talks of; text is read best in lines that are not too long. */
function threeColumns(state: State, area: Rect): Panes {
  const width = Math.max(46, Math.min(64, Math.floor(area.width * 0.28)));
  const lesson = Math.min(92, Math.floor(area.width * 0.38));
  const details = area.width - width - lesson;
  return {
    ...listPanes(state, { ...area, width }),
    details: { ...area, x: width, width: details },
    lesson: { ...area, x: width + details, width: lesson },
  };
}

/** Whether a lesson stands where the details would be. */
export function hidesDetails({ size, above, learn }: State): boolean {
  if (learn.lesson === null || size.columns >= LESSON_BESIDE_DETAILS) return false;
  return size.columns < LESSON_BESIDE_LISTS ? above === 'lesson' : above !== 'details';
}

/** All four lists where there is room, else the one in use. */
function listPanes(state: State, area: Rect): Panes {
  return area.height < LISTS_NEED ? { [state.subject]: area } : stackLists(state, area);
}

/** Four lists of two rows each, their titles, and the border below the last. */
const LISTS_NEED = 13;

function stackLists(state: State, { x, y, width, height }: Rect): Record<Kind, Rect> {
  const heights = listHeights(height - 1, countRowsByKind(state), state.subject);
  const rects = {} as Record<Kind, Rect>;
  let top = y;
  for (const kind of KINDS) {
    // The last list also has the bottom border.
    const tall = heights[kind] + (kind === 'network' ? 1 : 0);
    rects[kind] = { x, y: top, width, height: tall };
    top += tall;
  }
  return rects;
}

/** Lines for the terminal and the wire: on a low screen one list above is enough, a shell of five lines is not. */
function dockHeight(height: number, lesson: OpenLesson | null): number {
  if (lesson !== null) return height - lessonHeight(height, isForTyping(lesson));
  if (height < LISTS_NEED + 12) return height - 9;
  return Math.min(height - LISTS_NEED, Math.max(12, Math.floor(height * 0.45)));
}

/** A shell of four lines with its borders. */
const LOWEST_DOCK = 6;

/**
 * Half of a low screen, and more where there is only something to read or to answer; on others at least the 18 lines that
 * a text needs to be read without much scrolling.
 */
function lessonHeight(height: number, isTyping: boolean): number {
  if (height >= 31) return Math.max(20, Math.floor(height * 0.55));
  return isTyping ? Math.ceil(height / 2) : height - LOWEST_DOCK;
}

/** Whether what is in view of a lesson has something to be typed, or to be brought about by it. */
function isForTyping({ lesson, shown }: OpenLesson): boolean {
  const step = lesson.steps[shown];
  return (
    step !== undefined &&
    (step.checks.length > 0 || step.blocks.some(({ kind }) => kind === 'run' || kind === 'only'))
  );
}

/** From here on the wire has room beside the terminal. */
const BOTH_FROM = 110;
/** A terminal of 80 columns with its borders. */
const TERMINAL_WANTS = 82;

function dockPanes({ front }: Dock, rect: Rect): Partial<Record<DockPane, Rect>> {
  if (rect.width < BOTH_FROM) return { [front]: rect };
  const wire = Math.max(36, Math.min(rect.width - TERMINAL_WANTS, Math.floor(rect.width * 0.4)));
  const terminal = { ...rect, width: rect.width - wire };
  return { terminal, wire: { ...rect, x: terminal.width, width: wire } };
}

/** Columns and rows of a shell: the pane without its borders. */
export function shellSize(state: State): Size {
  const { terminal } = selectLayout(state).panes;
  return terminal === undefined
    ? { columns: 80, rows: 24 }
    : { columns: terminal.width - 2, rows: terminal.height - 2 };
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

/** Which pane has the top line's corners to itself, and a border below: lists that stand on each other share theirs. */
export function borders({ alone }: Layout, pane: Focus): { first: boolean; last: boolean } {
  const isWhole = !isList(pane) || pane === alone;
  return { first: isWhole || pane === 'container', last: isWhole || pane === 'network' };
}

/** Lines for content inside a pane. */
export function contentHeight(layout: Layout, pane: Focus): number {
  const rect = layout.panes[pane];
  return rect === undefined ? 0 : Math.max(0, rect.height - (borders(layout, pane).last ? 2 : 1));
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
