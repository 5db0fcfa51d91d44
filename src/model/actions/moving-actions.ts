import { KINDS, type Kind } from '../../engine/objects.ts';
import type { Intent } from '../intents.ts';
import { lessonKey } from '../lesson-keys.ts';
import { contentHeight, selectLayout } from '../layout.ts';
import { SORTINGS } from '../rows.ts';
import { selectedIndex, selectRow, selectRows } from '../select-rows.ts';
import { isList, type Focus, type ListView, type State, type Whose } from '../state.ts';
import { lineInput } from '../line-input.ts';
import type { Action } from './action.ts';

export function changeList(kind: Kind, view: Partial<ListView>): Intent {
  return { event: { type: 'list-changed', kind, view } };
}

/** Moves the selection of the list that has the focus. */
export function moveSelection(state: State, by: number): readonly Intent[] {
  const kind = isList(state.focus) ? state.focus : state.subject;
  const rows = selectRows(state, kind);
  const at = selectedIndex(rows, state.lists[kind]);
  return selectAt(state, kind, at + by);
}

export function selectAt(state: State, kind: Kind, index: number): readonly Intent[] {
  const rows = selectRows(state, kind);
  const to = Math.max(0, Math.min(rows.length - 1, index));
  const row = rows[to];
  return row === undefined ? [] : [changeList(kind, { selected: row.key, index: to })];
}

function pageHeight(state: State): number {
  return Math.max(1, contentHeight(selectLayout(state), state.focus) - 1);
}

function move(id: string, title: string, keys: readonly string[], by: (state: State) => number): Action {
  return {
    id,
    title,
    keys,
    scope: 'lists',
    moves: true,
    perform: (state) => moveSelection(state, by(state)),
  };
}

const focusOn = (to: Focus): Intent => ({ event: { type: 'focus-moved', to } });

/** Who goes to the terminal finds a shell there. */
export function goTo(state: State, pane: Focus): readonly Intent[] {
  const opens: Intent[] =
    pane === 'terminal' && state.shells.tabs.length === 0 ? [{ effect: { do: 'open-terminal' } }] : [];
  return [focusOn(pane), ...opens];
}

const PANES: readonly Focus[] = [...KINDS, 'details', 'terminal', 'wire', 'lesson'];
/** In the order of the screen: a lesson stands before the terminal. */
const TAB_ORDER: readonly Focus[] = [...KINDS, 'details', 'lesson', 'terminal', 'wire'];
const PANE_TITLES: Readonly<Record<Focus, string>> = {
  container: 'containers',
  image: 'images',
  volume: 'volumes',
  network: 'networks',
  details: 'details',
  terminal: 'the terminal',
  wire: 'the wire',
  lesson: 'the lesson',
};

export function noLesson({ learn, config }: State): string {
  return learn.lesson === null ? `No lesson is open: ${lessonKey(config, 'lessons')} shows them.` : '';
}

function nextPane(state: State, by: number): readonly Intent[] {
  const { open } = state.dock;
  const panes = TAB_ORDER.filter((pane) => {
    if (pane === 'lesson') return state.learn.lesson !== null;
    return open || (pane !== 'terminal' && pane !== 'wire');
  });
  const at = panes.indexOf(state.focus);
  return goTo(state, panes[(at + by + panes.length) % panes.length]!);
}

function toggleMark(state: State): readonly Intent[] {
  const kind = state.subject;
  const row = selectRow(state, kind);
  if (row === null) return [];
  const marked = new Set(state.lists[kind].marked);
  if (!marked.delete(row.key)) marked.add(row.key);
  return [changeList(kind, { marked }), ...moveSelection(state, 1)];
}

function toggleAllMarks(state: State): readonly Intent[] {
  const kind = state.subject;
  const all = selectRows(state, kind).map((r) => r.key);
  const marked = new Set(state.lists[kind].marked.size >= all.length ? [] : all);
  return [changeList(kind, { marked })];
}

function sortNext(state: State): readonly Intent[] {
  const kind = state.subject;
  const sort = (state.lists[kind].sort + 1) % SORTINGS[kind].length;
  const text = `Sorted by ${SORTINGS[kind][sort]!.title}`;
  return [changeList(kind, { sort, descending: false }), notice(state, text)];
}

const NEXT_WHOSE: Readonly<Record<Whose, Whose>> = { all: 'mine', mine: 'others', others: 'all' };
const WHOSE_TEXT: Readonly<Record<Whose, string>> = {
  all: 'All are shown',
  mine: 'Only what was made in this Slipway is shown, in its terminal or by a key',
  others: 'Only what was made elsewhere is shown',
};

function nextWhose(state: State): readonly Intent[] {
  const whose = NEXT_WHOSE[state.whose];
  return [{ event: { type: 'whose-chosen', whose } }, notice(state, WHOSE_TEXT[whose])];
}

export function notice(state: State, text: string): Intent {
  return {
    event: { type: 'notice-shown', notice: { tone: 'plain', text, advice: '', until: state.now + 4000 } },
  };
}

function openFilter(state: State): readonly Intent[] {
  const of = state.subject;
  const before = state.lists[of].filter;
  return [
    { event: { type: 'overlay-opened', overlay: { kind: 'filter', of, input: lineInput(before), before } } },
  ];
}

/** Esc, from the nearest thing outwards: marks, filter, zoom. */
export function goBack(state: State): readonly Intent[] {
  const list = state.lists[state.subject];
  if (state.learn.explained !== null) return [{ event: { type: 'error-explained', explained: null } }];
  if (!isList(state.focus) && !state.zoomed) return [focusOn(state.subject)];
  if (state.zoomed) return [{ event: { type: 'zoom-toggled' } }];
  if (list.marked.size > 0) return [changeList(state.subject, { marked: new Set() })];
  if (list.filter !== '') return [changeList(state.subject, { filter: '' })];
  if (state.whose !== 'all') return [{ event: { type: 'whose-chosen', whose: 'all' } }];
  return [];
}

export const MOVING_ACTIONS: readonly Action[] = [
  move('up', 'Up', ['up', 'k'], () => -1),
  move('down', 'Down', ['down', 'j'], () => 1),
  move('page-up', 'A page up', ['pgup', 'ctrl-b'], (state) => -pageHeight(state)),
  move('page-down', 'A page down', ['pgdn', 'ctrl-f'], pageHeight),
  move('top', 'To the top', ['home', 'g'], () => -Infinity),
  move('bottom', 'To the bottom', ['end', 'G'], () => Infinity),
  {
    id: 'mark',
    title: 'Mark, for one command on several',
    keys: ['space'],
    scope: 'lists',
    perform: toggleMark,
  },
  { id: 'mark-all', title: 'Mark all, or none', keys: ['ctrl-a'], scope: 'lists', perform: toggleAllMarks },
  { id: 'filter', title: 'Filter', short: 'filter', keys: ['/'], scope: 'lists', perform: openFilter },
  {
    id: 'whose',
    title: 'Only what was made here, the rest, or all',
    keys: ['m'],
    scope: 'lists',
    perform: nextWhose,
  },
  { id: 'sort', title: 'Sort by the next column', keys: ['o'], scope: 'lists', perform: sortNext },
  {
    id: 'reverse',
    title: 'Reverse the order',
    keys: ['O'],
    scope: 'lists',
    perform: (state) => [changeList(state.subject, { descending: !state.lists[state.subject].descending })],
  },
  ...PANES.map((pane, i): Action => ({
    id: `focus-${pane}`,
    title: `Go to ${PANE_TITLES[pane]}`,
    keys: [String(i + 1)],
    scope: 'everywhere',
    ...(pane === 'lesson' && { unavailable: noLesson }),
    perform: (state) => goTo(state, pane),
  })),
  {
    id: 'next-pane',
    title: 'Next pane',
    keys: ['tab'],
    scope: 'everywhere',
    perform: (state) => nextPane(state, 1),
  },
  {
    id: 'previous-pane',
    title: 'Previous pane',
    keys: ['shift-tab'],
    scope: 'everywhere',
    perform: (state) => nextPane(state, -1),
  },
  {
    id: 'zoom',
    title: 'Fill the screen with this pane, and back',
    keys: ['+', 'f11'],
    scope: 'everywhere',
    perform: () => [{ event: { type: 'zoom-toggled' } }],
  },
  {
    id: 'dock',
    title: 'Show or hide the terminal and the wire',
    keys: ['T'],
    scope: 'everywhere',
    perform: (state) => (state.dock.open ? [{ event: { type: 'dock-toggled' } }] : goTo(state, 'terminal')),
  },
  { id: 'back', title: 'Back', keys: ['esc'], scope: 'everywhere', perform: goBack },
];
