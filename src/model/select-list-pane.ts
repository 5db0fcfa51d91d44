import { KINDS, type Kind } from '../engine/objects.ts';
import type { CellFacts, Tone } from './columns.ts';
import { borders, contentHeight, firstVisible, selectLayout, type Rect } from './layout.ts';
import { memoizeLast } from './memoize.ts';
import { SORTINGS, type Row } from './rows.ts';
import { selectedIndex, selectRows } from './select-rows.ts';
import { selectCpuTexts, selectUsedBy } from './select-usage.ts';
import type { ListView, ObjectTable, State } from './state.ts';

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
  );
}

function makeView(
  kind: Kind,
  [rows, table, list, cellFacts, focused, zoomed, stale, x, y, width, height, space, first, last]: Inputs,
): ListPaneView {
  const rect = { x, y, width, height };
  const titled = zoomed;
  const visible = Math.max(0, space - (titled ? 1 : 0));
  const at = selectedIndex(rows, list);
  const from = firstVisible(at, rows.length, visible);
  return {
    kind,
    title: LIST_TITLES[kind],
    note: note(kind, rows, table, list, stale),
    rect,
    height: space,
    first,
    last,
    focused,
    titled,
    rows: rows.slice(from, from + visible),
    selected: at - from,
    marked: list.marked,
    facts: cellFacts,
    ...message(kind, rows, table, list),
  };
}

function note(kind: Kind, rows: readonly Row[], table: ObjectTable, list: ListView, stale: boolean): string {
  if (table.items === null) return '';
  const parts = [];
  if (list.marked.size > 0) parts.push(`${list.marked.size} marked`);
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
): { message: string; messageTone: Tone } {
  if (rows.length > 0) return { message: '', messageTone: 'quiet' };
  if (table.items === null) {
    return table.failed === ''
      ? { message: 'Reading …', messageTone: 'quiet' }
      : { message: table.failed, messageTone: 'bad' };
  }
  const text =
    list.filter !== '' && table.items.size > 0 ? 'Nothing matches; Esc clears the filter.' : EMPTY[kind];
  return { message: text, messageTone: 'quiet' };
}
