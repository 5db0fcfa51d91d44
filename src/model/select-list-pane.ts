import { KINDS, type Kind } from '../engine/objects.ts';
import type { CellFacts, Tone } from './columns.ts';
import { borders, contentHeight, firstVisible, selectLayout, type Rect } from './layout.ts';
import { flashing, type Flash } from './flashes.ts';
import { createOwnMarks } from './own-items.ts';
import { memoizeLast } from './memoize.ts';
import { SORTINGS, type Row } from './rows.ts';
import { selectedIndex, selectRows } from './select-rows.ts';
import { selectCpuTexts, selectUsedBy } from './select-usage.ts';
import type { ListView, ObjectTable, State, Whose } from './state.ts';

/** What a list pane shows, all of it: the same state gives the same object, so that an unchanged pane is not drawn. */
export type ListPaneView = {
  kind: Kind;
  title: string;
  /** At the right of the title line: how many there are, the filter, the order, what is marked. */
  note: string;
  rect: Rect;
  /** Content lines, title and borders apart. */
  height: number;
  first: boolean;
  last: boolean;
  focused: boolean;
  titled: boolean;
  rows: readonly Row[];
  selected: number;
  marked: ReadonlySet<string>;
  /** Ids of the items that a command has just touched, and of those that were made here. */
  flashing: ReadonlySet<string>;
  own: ReadonlySet<string>;
  facts: CellFacts;
  /** Stands in place of rows when there are none. */
  message: string;
  messageTone: Tone;
};

export const LIST_TITLES: Readonly<Record<Kind, string>> = {
  container: 'Containers',
  image: 'Images',
  volume: 'Volumes',
  network: 'Networks',
};

const NO_FLASHES: readonly Flash[] = [];
const ownMarks = Object.fromEntries(KINDS.map((kind) => [kind, createOwnMarks()])) as Record<
  Kind,
  ReturnType<typeof createOwnMarks>
>;

const NO_CPU: CellFacts['cpu'] = new Map();

/** Only containers show what they use: samples must not make the other lists draw again. */
const facts = Object.fromEntries(
  KINDS.map((kind) => [
    kind,
    memoizeLast((now: number, cpu: CellFacts['cpu'], usedBy: CellFacts['usedBy']): CellFacts => ({
      now,
      cpu,
      usedBy,
    })),
  ]),
) as Record<Kind, (now: number, cpu: CellFacts['cpu'], usedBy: CellFacts['usedBy']) => CellFacts>;

type Inputs = readonly [
  rows: readonly Row[],
  table: ObjectTable,
  list: ListView,
  facts: CellFacts,
  focused: boolean,
  zoomed: boolean,
  stale: boolean,
  x: number,
  y: number,
  width: number,
  height: number,
  space: number,
  first: boolean,
  last: boolean,
  whose: Whose,
  flashes: readonly Flash[],
  own: ReadonlySet<string>,
];

const views = Object.fromEntries(
  KINDS.map((kind) => [kind, memoizeLast((...inputs: Inputs) => makeView(kind, inputs))]),
) as Record<Kind, (...inputs: Inputs) => ListPaneView>;

/** Null when the pane is not on screen. */
export function selectListPane(state: State, kind: Kind): ListPaneView | null {
  const layout = selectLayout(state);
  const rect = layout.panes[kind];
  if (rect === undefined) return null;
  const { now, focus, zoomed } = state;
  const { x, y, width, height } = rect;
  const cellFacts = facts[kind](
    now,
    kind === 'container' ? selectCpuTexts(state) : NO_CPU,
    selectUsedBy(state),
  );
  const isStale = state.engine?.lost != null;
  const [rows, table, list] = [selectRows(state, kind), state.objects[kind], state.lists[kind]];
  const { first, last } = borders(layout, kind);
  const space = contentHeight(layout, kind);
  return views[kind](
    rows,
    table,
    list,
    cellFacts,
    focus === kind,
    zoomed,
    isStale,
    x,
    y,
    width,
    height,
    space,
    first,
    last,
    state.whose,
    state.flashes.length === 0 ? NO_FLASHES : state.flashes,
    ownMarks[kind](rows, state.own),
  );
}

function makeView(
  kind: Kind,
  [
    rows,
    table,
    list,
    cellFacts,
    focused,
    zoomed,
    stale,
    x,
    y,
    width,
    height,
    space,
    first,
    last,
    whose,
    flashes,
    own,
  ]: Inputs,
): ListPaneView {
  const rect = { x, y, width, height };
  const titled = zoomed;
  const visible = Math.max(0, space - (titled ? 1 : 0));
  const at = selectedIndex(rows, list);
  const from = firstVisible(at, rows.length, visible);
  const seen = rows.slice(from, from + visible);
  return {
    kind,
    title: LIST_TITLES[kind],
    note: note(kind, rows, table, list, stale, whose),
    rect,
    height: space,
    first,
    last,
    focused,
    titled,
    rows: seen,
    selected: at - from,
    marked: list.marked,
    flashing: flashing(
      flashes,
      seen.map((row) => row.item),
    ),
    own,
    facts: cellFacts,
    ...message(kind, rows, table, list, whose),
  };
}

function note(
  kind: Kind,
  rows: readonly Row[],
  table: ObjectTable,
  list: ListView,
  stale: boolean,
  whose: Whose,
): string {
  if (table.items === null) return '';
  const parts = [];
  if (list.marked.size > 0) parts.push(`${list.marked.size} marked`);
  if (whose !== 'all') parts.push(whose === 'mine' ? 'made here' : 'made elsewhere');
  if (list.filter !== '') parts.push(`/${list.filter}`);
  if (list.sort !== 0 || list.descending)
    parts.push(`${list.descending ? '↓' : '↑'} ${SORTINGS[kind][list.sort]?.title}`);
  if (stale || table.failed !== '') parts.push('! not up to date');
  parts.push(String(rows.length));
  return parts.join(' · ');
}

const EMPTY: Readonly<Record<Kind, string>> = {
  container: 'None yet: n runs one.',
  image: 'None yet: P pulls one.',
  volume: 'None yet: n makes one.',
  network: 'None.',
};

function message(
  kind: Kind,
  rows: readonly Row[],
  table: ObjectTable,
  list: ListView,
  whose: Whose,
): { message: string; messageTone: Tone } {
  if (rows.length > 0) return { message: '', messageTone: 'quiet' };
  if (table.items === null) {
    return table.failed === ''
      ? { message: 'Reading …', messageTone: 'quiet' }
      : { message: table.failed, messageTone: 'bad' };
  }
  return { message: emptyText(kind, table.items.size > 0, list, whose), messageTone: 'quiet' };
}

function emptyText(kind: Kind, hasAny: boolean, list: ListView, whose: Whose): string {
  if (hasAny && list.filter !== '') return 'Nothing matches; Esc clears the filter.';
  if (hasAny && whose !== 'all')
    return whose === 'mine'
      ? 'None was made from here; m shows all.'
      : 'None was made elsewhere; m shows all.';
  return EMPTY[kind];
}
