import type { StatsSample } from '../engine/engine.ts';
import type { Item } from '../engine/objects.ts';
import { selectTreeRows, selectTreeStatus, type VisibleJsonRow } from './json-tree.ts';
import { cellWidth, cutEnd } from './fit-text.ts';
import { fitTabs } from './fit-tabs.ts';
import { detailSize, selectLayout, type Rect } from './layout.ts';
import { selectLogStatus, selectLogView, type VisibleLine } from './select-log-view.ts';
import { seeFiles } from './files/see-files.ts';
import type { Line } from './line.ts';
import { seeLayers } from './layers/see-layers.ts';
import { memoizeLast } from './memoize.ts';
import { seeMounts } from './data/see-mounts.ts';
import { selectRow } from './select-rows.ts';
import { tabsOf } from './select-subjects.ts';
import type { OpenLog, Size, State, Tab, TreeView } from './state.ts';

/** What the details pane shows; the same state gives the same object. */
export type DetailsView = {
  rect: Rect;
  focused: boolean;
  /** Pane number and name, with the tabs after it. */
  title: string;
  /** Where each tab's name stands in the title line, counted from the pane's left edge. */
  tabs: readonly { tab: Tab; label: string; from: number }[];
  tab: Tab;
  size: Size;
  content: DetailContent;
  /** The line under the content: what is followed, found, left out. */
  status: string;
};

export type ListedLines = { lines: readonly Line[]; selected: number };

export type DetailContent =
  | { kind: 'message'; text: string; bad: boolean }
  | { kind: 'log'; lines: readonly VisibleLine[] }
  | { kind: 'tree'; rows: readonly VisibleJsonRow[]; raw: boolean }
  /** Lines in view, one of them selected (-1: none). */
  | ({ kind: 'lines' } & ListedLines)
  /** Two of them side by side; keys go to one. */
  | { kind: 'split'; left: ListedLines; leftWidth: number; right: ListedLines; active: 'left' | 'right' }
  | { kind: 'stats'; samples: readonly StatsSample[]; name: string };

const TAB_TITLES: Readonly<Record<Tab, string>> = {
  logs: 'Logs',
  stats: 'Stats',
  layers: 'Layers',
  files: 'Files',
  mounts: 'Mounts',
  inspect: 'Inspect',
};

/** Cells before the title: corner, border and a blank. */
const BEFORE_TITLE = 3;
/** Cells of a title that are neither name nor tabs, and what is shown of a long name at least. */
const BESIDE_NAME = 12;
const LEAST_NAME = 8;
function titleLine(
  name: string,
  tabs: readonly Tab[],
  chosen: Tab,
  width: number,
): Pick<DetailsView, 'title' | 'tabs'> {
  const named = name === '' ? 'Details' : name;
  const shortest = Math.min(cellWidth(named), LEAST_NAME);
  const room = width - BESIDE_NAME;
  const labels = tabs.map((tab) => (tab === chosen ? `[${TAB_TITLES[tab]}]` : ` ${TAB_TITLES[tab]} `));
  const fitted = fitTabs(labels, Math.max(0, tabs.indexOf(chosen)), room - shortest);
  const shown = labels.slice(fitted.from, fitted.to);
  const taken = shown.join('').length + fitted.before.length + fitted.after.length;
  const before = `5 ${cutEnd(named, Math.max(shortest, room - taken))} ──${fitted.before}`;
  let from = BEFORE_TITLE + cellWidth(before);
  const placed = shown.map((label, i) => {
    from += label.length;
    return { tab: tabs[fitted.from + i]!, label, from: from - label.length };
  });
  return { title: before + shown.join('') + fitted.after, tabs: placed };
}

export type Seen = { content: DetailContent; status: string };

export function selectDetails(state: State): DetailsView | null {
  const rect = selectLayout(state).panes.details;
  if (rect === undefined) return null;
  const row = selectRow(state, state.subject);
  const tab = state.tabs[state.subject];
  const size = detailSize(state);
  const seen = row === null ? NOTHING_SELECTED : see(state, tab, row.item, size);
  const { x, y, width, height } = rect;
  return makeView(
    x,
    y,
    width,
    height,
    state.focus === 'details',
    row?.name ?? '',
    state.subject,
    tab,
    seen.content,
    seen.status,
  );
}

const NOTHING_SELECTED: Seen = {
  content: { kind: 'message', text: 'Nothing is selected.', bad: false },
  status: '',
};

const makeView = memoizeLast(
  (
    x: number,
    y: number,
    width: number,
    height: number,
    focused: boolean,
    title: string,
    subject: State['subject'],
    tab: Tab,
    content: DetailContent,
    status: string,
  ): DetailsView => ({
    rect: { x, y, width, height },
    focused,
    ...titleLine(title, tabsOf(subject), tab, width),
    tab,
    size: { columns: Math.max(0, width - 2), rows: Math.max(0, height - 3) },
    content,
    status,
  }),
);

function see(state: State, tab: Tab, item: Item, size: Size): Seen {
  if (item.kind === 'unreadable') return unreadable(item);
  switch (tab) {
    case 'logs':
      if (item.kind === 'container' && item.state === 'created') return say('It has not been started yet.');
      return item.kind === 'container'
        ? seeLog(state.log, item.id, size.columns, size.rows)
        : NOTHING_SELECTED;
    case 'stats':
      return item.kind === 'container'
        ? seeStats(state.usage.get(item.id), item.name, item.state === 'running')
        : NOTHING_SELECTED;
    case 'files':
      return seeFiles(state, item, size);
    case 'mounts':
      return seeMounts(state, item, size);
    case 'layers': {
      const { layers } = state;
      const isThere = layers !== null && layers.of === `${item.kind} ${item.id}`;
      return isThere ? seeLayers(layers, size.columns, size.rows) : say('Asking for its layers …');
    }
    case 'inspect':
      return seeTree(state.tree, `${item.kind} ${item.id} `, size.rows);
  }
}

const said = new Map<string, Seen>();

/** A message; the same object for the same text, so that it is not drawn anew. */
function say(text: string, bad = false): Seen {
  const known = said.get(text);
  if (known !== undefined) return known;
  const seen: Seen = { content: { kind: 'message', text, bad }, status: '' };
  // Reasons of engines differ without end.
  if (said.size > 50) said.clear();
  said.set(text, seen);
  return seen;
}

const unreadable = memoizeLast((item: Item & { kind: 'unreadable' }): Seen =>
  say(`The engine’s answer about this could not be read: ${item.why}`, true),
);

const seeLog = memoizeLast((log: OpenLog | null, id: string, columns: number, rows: number): Seen => {
  if (log === null || log.container !== id || log.phase === 'opening') return say('Opening the log …');
  const lines = selectLogView(log.view, { columns, rows });
  if (lines.length === 0 && log.why !== '') return say(log.why, true);
  if (lines.length === 0) return say('It has not printed anything yet.');
  return { content: { kind: 'log', lines }, status: logStatus(log) };
});

function logStatus({ view, phase, why }: OpenLog): string {
  const { lines, matches, current } = selectLogStatus(view);
  const parts = [`${lines.toLocaleString('en-US')} line${lines === 1 ? '' : 's'}`];
  if (view.query !== '')
    parts.push(`“${view.query}” ${current} of ${matches}${view.onlyMatches ? ', only these' : ''}`);
  if (view.wrap) parts.push('wrapped');
  if (!view.wrap && view.left > 0) parts.push(`from column ${view.left + 1}`);
  parts.push(
    phase === 'ended'
      ? why === ''
        ? 'ended'
        : `ended: ${why}`
      : view.top === null
        ? 'following'
        : 'held still: f follows',
  );
  return parts.join(' · ');
}

const seeStats = memoizeLast(
  (samples: readonly StatsSample[] | undefined, name: string, running: boolean): Seen => {
    if (samples !== undefined && samples.length > 0)
      return { content: { kind: 'stats', samples, name }, status: running ? '' : 'It does not run now.' };
    return say(running ? 'Measuring …' : 'It does not run, so there is nothing to measure.');
  },
);

const seeTree = memoizeLast((tree: TreeView | null, of: string, rows: number): Seen => {
  if (tree === null || !tree.of.startsWith(of) || tree.phase === 'loading') return say('Reading …');
  if (tree.phase === 'failed') return say(tree.why, true);
  return {
    content: { kind: 'tree', rows: selectTreeRows(tree.tree, rows), raw: tree.tree.raw },
    status: treeStatus(tree.tree),
  };
});

function treeStatus(tree: Extract<TreeView, { phase: 'read' }>['tree']): string {
  const { rows, matches, current } = selectTreeStatus(tree);
  const place = `${tree.cursor + 1} of ${rows}`;
  return tree.query === '' ? place : `${place} · “${tree.query}” ${current} of ${matches}`;
}
