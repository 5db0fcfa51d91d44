import type { WireCall } from '../wire/wire-call.ts';
import { selectContainerNames, withContainerNames, type ContainerNames } from './container-names.ts';
import { cutEnd } from './fit-text.ts';
import { selectTreeRows, selectTreeStatus, type TreeState, type VisibleJsonRow } from './json-tree.ts';
import { selectLayout, type Rect } from './layout.ts';
import { memoizeLast } from './memoize.ts';
import type { State } from './state.ts';
import { newSincePause, type OpenCall, type WireLog } from './wire-log.ts';
import { selectedCall, wirePlace } from './wire-place.ts';
import { selectWireRows, type WireRow, type WireRows } from './wire-rows.ts';
import { callFacts, callNotes, callSentence } from './wire-texts.ts';
import { wrapWords } from './wrap-words.ts';

/** What the wire pane shows; the same state gives the same object. */
export type WireView = {
  rect: Rect;
  focused: boolean;
  /** What a lesson has just talked of is to be seen here. */
  flashing: boolean;
  /** At the right of the title: how many calls there are. */
  count: string;
  content: WireContent;
  /** In the border below: whether it follows, is paused, is filtered. */
  status: string;
};

export type WireContent =
  | { kind: 'message'; lines: readonly string[] }
  /** `selected` counts from the first of these rows; `below` says what the selected call does. */
  | { kind: 'list'; rows: readonly WireRow[]; selected: number; below: readonly string[] }
  | { kind: 'call'; heading: readonly string[]; rows: readonly VisibleJsonRow[]; raw: boolean };

/** Null when the pane is not on screen. */
export function selectWire(state: State): WireView | null {
  const rect = selectLayout(state).panes.wire;
  if (rect === undefined) return null;
  const { wire } = state;
  const { x, y, width, height } = rect;
  return makeView(
    x,
    y,
    width,
    height,
    state.focus === 'wire',
    state.flashes.some(({ kind }) => kind === 'wire'),
    selectWireRows(state),
    wire.cursor,
    wire.open,
    modeText(wire),
    emptyText(state),
    selectContainerNames(state),
  );
}

const makeView = memoizeLast(
  (
    x: number,
    y: number,
    width: number,
    height: number,
    focused: boolean,
    isFlashing: boolean,
    { rows, shown, all }: WireRows,
    cursor: WireLog['cursor'],
    open: OpenCall | null,
    mode: string,
    empty: string,
    names: ContainerNames,
  ): WireView => {
    const rect = { x, y, width, height };
    if (open !== null)
      return {
        rect,
        focused,
        flashing: isFlashing,
        count: '',
        content: callContent(open, rect, names),
        status: treeStatus(open.tree),
      };
    const content = rows.length === 0 ? message(empty, rect) : listContent(rows, cursor, rect, names);
    const count = shown === all ? `${all || ''}` : `${shown} of ${all}`;
    return {
      rect,
      focused,
      flashing: isFlashing,
      count,
      content,
      status: all === 0 && mode === FOLLOWING ? '' : mode,
    };
  },
);

const FOLLOWING = 'following';

function modeText(wire: WireLog): string {
  const parts = [
    wire.paused === null ? (wire.cursor === null ? FOLLOWING : 'held still: f follows') : pausedText(wire),
  ];
  if (wire.filter !== '') parts.push(`“${wire.filter}”`);
  if (wire.hidesGreetings) parts.push('greetings hidden');
  return parts.join(' · ');
}

function pausedText(wire: WireLog): string {
  const count = newSincePause(wire);
  return count === 0 ? 'paused' : `paused · ${count} new`;
}

/** Why there is nothing to see, and what to do about it. */
function emptyText({ wire, shells }: State): string {
  if ((wire.paused ?? wire.calls).length > 0)
    return wire.filter === '' ? 'Only greetings so far: h shows them.' : `No call matches “${wire.filter}”.`;
  const how = shells.tabs.some((tab) => tab.ended === null && tab.container === null)
    ? 'Type docker ps in the terminal and see.'
    : 'Open a terminal with 6, type docker ps there and see.';
  return `Here you see what your own commands say to the engine: each of them is one or several calls of its API. ${how}`;
}

function message(text: string, rect: Rect): WireContent {
  return { kind: 'message', lines: wrapWords(text, innerWidth(rect) - 2) };
}

function listContent(
  rows: readonly WireRow[],
  cursor: WireLog['cursor'],
  rect: Rect,
  names: ContainerNames,
): WireContent {
  const height = listHeight(rect);
  const { selected, top } = wirePlace(rows, cursor, height);
  const call = selectedCall(rows, cursor, height);
  return {
    kind: 'list',
    rows: rows.slice(top, top + height),
    selected: selected - top,
    below:
      call === null
        ? []
        : wrapped(withContainerNames(callSentence(call), names), innerWidth(rect) - 2, sentenceHeight(rect)),
  };
}

/** At most that many lines; the last one says that there would be more. */
function wrapped(text: string, width: number, height: number): string[] {
  const lines = wrapWords(text, width);
  if (lines.length <= height) return lines;
  return [...lines.slice(0, height - 1), cutEnd(lines.slice(height - 1).join(' '), width)];
}

const innerWidth = ({ width }: Rect): number => Math.max(0, width - 2);
const innerHeight = ({ height }: Rect): number => Math.max(0, height - 2);

/** Room for a sentence of 90 letters, as long as the list keeps more than half. It does not change from call to call. */
function sentenceHeight(rect: Rect): number {
  const wanted = Math.ceil(100 / Math.max(1, innerWidth(rect) - 2));
  return Math.max(1, Math.min(3, wanted, Math.floor(innerHeight(rect) / 3)));
}

function listHeight(rect: Rect): number {
  return Math.max(1, innerHeight(rect) - sentenceHeight(rect));
}

/** Above the tree: what was asked, what that means, how it went. */
const headingLines = memoizeLast((call: WireCall, width: number): string[] => {
  const address = call.query === '' ? call.path : `${call.path}?${call.query}`;
  const texts = [callSentence(call), callFacts(call), ...callNotes(call)];
  return [`${call.method} ${address}`, ...texts.flatMap((text) => wrapWords(text, width - 2))];
});

function headingOf(call: WireCall, rect: Rect): string[] {
  // At least half of the pane is for what was said.
  return headingLines(call, innerWidth(rect)).slice(0, Math.max(2, Math.ceil(innerHeight(rect) / 2)));
}

function callContent({ call, tree }: OpenCall, rect: Rect, names: ContainerNames): WireContent {
  return {
    kind: 'call',
    heading: headingOf(call, rect).map((line, i) => (i === 0 ? line : withContainerNames(line, names))),
    rows: selectTreeRows(tree, treeHeight(call, rect)),
    raw: tree.raw,
  };
}

function treeHeight(call: WireCall, rect: Rect): number {
  return Math.max(1, innerHeight(rect) - headingOf(call, rect).length);
}

function treeStatus(tree: TreeState): string {
  const { rows, matches, current } = selectTreeStatus(tree);
  const place = rows === 0 ? 'no bodies' : `${tree.cursor + 1} of ${rows}`;
  const found = tree.query === '' ? '' : ` · “${tree.query}” ${current} of ${matches}`;
  return `${place}${found} · Esc to the list`;
}

/** Rows of the list, or of the open call's tree, that have room in the pane now; 0 while it is not on screen. */
export function wireHeight(state: State): number {
  const rect = selectLayout(state).panes.wire;
  if (rect === undefined) return 0;
  return state.wire.open === null ? listHeight(rect) : treeHeight(state.wire.open.call, rect);
}

/** Lines of the pane above those rows: the title, and of an open call its heading. */
export function wireTop(state: State): number {
  const rect = selectLayout(state).panes.wire;
  if (rect === undefined || state.wire.open === null) return 1;
  return 1 + headingOf(state.wire.open.call, rect).length;
}
