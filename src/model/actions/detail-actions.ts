import type { Intent } from '../intents.ts';
import { detailSize } from '../layout.ts';
import { lineInput } from '../line-input.ts';
import type { LogState, ViewSize } from '../log-view.ts';
import * as json from '../json-tree.ts';
import * as scroll from '../scroll-log.ts';
import { tabsOf } from '../select-subjects.ts';
import type { State, Tab } from '../state.ts';
import type { Action } from './action.ts';

function changeTab(state: State, by: number): readonly Intent[] {
  const tabs = tabsOf(state.subject);
  const at = tabs.indexOf(state.tabs[state.subject]);
  return chooseTab(tabs[(at + by + tabs.length) % tabs.length]!);
}

function chooseTab(tab: Tab): readonly Intent[] {
  return [{ event: { type: 'tab-chosen', tab } }];
}

function tabAction(tab: Tab, title: string, key: string): Action {
  return {
    id: `tab-${tab}`,
    title,
    keys: [key],
    scope: 'everywhere',
    short: tab,
    unavailable: (state) => (tabsOf(state.subject).includes(tab) ? '' : 'Only containers have this.'),
    perform: (state) => [
      ...chooseTab(tab),
      ...(state.focus === 'details' ? [] : [{ event: { type: 'focus-moved', to: 'details' } } as const]),
    ],
  };
}

type LogChange = (log: LogState, size: ViewSize) => LogState;

/** A change of how the log is looked at, computed from the newest state. */
export function changeLog(state: State, change: LogChange): readonly Intent[] {
  if (state.log === null) return [];
  return [{ event: { type: 'log-changed', log: change(state.log.view, detailSize(state)) } }];
}

type TreeChange = (tree: json.TreeState, height: number) => json.TreeState;

export function changeTree(state: State, change: TreeChange): readonly Intent[] {
  if (state.tree?.phase !== 'read') return [];
  return [{ event: { type: 'tree-changed', tree: change(state.tree.tree, detailSize(state).rows) } }];
}

/** Searches in what the details show. */
export function setSearch(state: State, text: string): readonly Intent[] {
  if (state.tabs[state.subject] === 'inspect')
    return changeTree(state, (tree, height) => json.searchTree(tree, text, height));
  return changeLog(state, (log, size) => scroll.searchLog(log, text, size));
}

function logAction(
  id: string,
  title: string,
  keys: readonly string[],
  change: LogChange,
  short?: string,
): Action {
  const action: Action = { id, title, keys, scope: 'logs', perform: (state) => changeLog(state, change) };
  return short === undefined ? action : { ...action, short };
}

const page = (size: ViewSize): number => Math.max(1, size.rows - 1);

function openSearch(state: State): readonly Intent[] {
  const tree = state.tree?.phase === 'read' ? state.tree.tree.query : '';
  const before = state.tabs[state.subject] === 'inspect' ? tree : (state.log?.view.query ?? '');
  return [
    { event: { type: 'overlay-opened', overlay: { kind: 'search', input: lineInput(before), before } } },
  ];
}

const LOG_ACTIONS: readonly Action[] = [
  logAction('log-up', 'Up', ['up', 'k'], (log, size) => scroll.scrollLog(log, -1, size)),
  logAction('log-down', 'Down', ['down', 'j'], (log, size) => scroll.scrollLog(log, 1, size)),
  logAction('log-page-up', 'A page up', ['pgup', 'ctrl-b'], (log, size) =>
    scroll.scrollLog(log, -page(size), size),
  ),
  logAction('log-page-down', 'A page down', ['pgdn', 'ctrl-f', 'space'], (log, size) =>
    scroll.scrollLog(log, page(size), size),
  ),
  logAction('log-start', 'To the oldest line', ['home', 'g'], (log, size) =>
    scroll.scrollLogToStart(log, size),
  ),
  logAction('log-end', 'To the newest line, and follow', ['end', 'G'], (log) => scroll.followLog(log)),
  logAction(
    'log-follow',
    'Follow, or hold still',
    ['f'],
    (log, size) => scroll.toggleFollow(log, size),
    'follow',
  ),
  logAction('log-wrap', 'Wrap long lines, or not', ['w'], (log) => scroll.toggleWrap(log), 'wrap'),
  logAction('log-times', 'Times, or none', ['t'], (log) => scroll.toggleTimestamps(log), 'times'),
  { id: 'log-search', title: 'Search', short: 'search', keys: ['/'], scope: 'logs', perform: openSearch },
  logAction('log-next', 'Next match', ['n'], (log, size) => scroll.nextMatch(log, 1, size)),
  logAction('log-previous', 'Previous match', ['N'], (log, size) => scroll.nextMatch(log, -1, size)),
  logAction('log-only', 'Only lines that match, or all', ['m'], (log) => scroll.toggleOnlyMatches(log)),
  logAction('log-left', 'Sideways to the left', ['<', 'shift-left'], (log, size) =>
    scroll.scrollLogSideways(log, -20, size),
  ),
  logAction('log-right', 'Sideways to the right', ['>', 'shift-right'], (log, size) =>
    scroll.scrollLogSideways(log, 20, size),
  ),
];

function treeAction(
  id: string,
  title: string,
  keys: readonly string[],
  change: TreeChange,
  short?: string,
): Action {
  const action: Action = { id, title, keys, scope: 'inspect', perform: (state) => changeTree(state, change) };
  return short === undefined ? action : { ...action, short };
}

function copyFromTree(
  id: string,
  title: string,
  key: string,
  text: (tree: json.TreeState) => string,
): Action {
  return {
    id,
    title,
    keys: [key],
    scope: 'inspect',
    perform: (state) => {
      const copied = state.tree?.phase === 'read' ? text(state.tree.tree) : '';
      return copied === ''
        ? []
        : [{ effect: { do: 'copy', text: copied, what: title.replace(/^Copy /, '') } }];
    },
  };
}

const TREE_ACTIONS: readonly Action[] = [
  treeAction('tree-up', 'Up', ['up', 'k'], (tree, height) => json.moveTreeCursor(tree, -1, height)),
  treeAction('tree-down', 'Down', ['down', 'j'], (tree, height) => json.moveTreeCursor(tree, 1, height)),
  treeAction('tree-page-up', 'A page up', ['pgup', 'ctrl-b'], (tree, height) =>
    json.moveTreeCursor(tree, -height, height),
  ),
  treeAction('tree-page-down', 'A page down', ['pgdn', 'ctrl-f'], (tree, height) =>
    json.moveTreeCursor(tree, height, height),
  ),
  treeAction('tree-top', 'To the top', ['home', 'g'], (tree, height) => json.putCursor(tree, 0, height)),
  treeAction('tree-bottom', 'To the bottom', ['end', 'G'], (tree, height) =>
    json.putCursor(tree, Infinity, height),
  ),
  treeAction(
    'tree-fold',
    'Fold or open',
    ['enter', 'space'],
    (tree, height) => json.toggleFold(tree, height),
    'fold',
  ),
  treeAction(
    'tree-unfold-all',
    'Open everything',
    ['a'],
    (tree, height) => json.unfoldAll(tree, height),
    'open all',
  ),
  treeAction('tree-fold-all', 'Fold everything', ['z'], (tree, height) => json.foldAll(tree, height)),
  treeAction('tree-raw', 'Raw JSON, or the tree', ['R'], (tree) => json.toggleRaw(tree), 'raw'),
  treeAction('tree-reveal', 'Show secrets, or mask them', ['v'], (tree) => json.toggleReveal(tree)),
  { id: 'tree-search', title: 'Search', short: 'search', keys: ['/'], scope: 'inspect', perform: openSearch },
  treeAction('tree-next', 'Next match', ['n'], (tree, height) => json.nextTreeMatch(tree, 1, height)),
  treeAction('tree-previous', 'Previous match', ['N'], (tree, height) =>
    json.nextTreeMatch(tree, -1, height),
  ),
  copyFromTree('tree-copy', 'Copy the value', 'y', json.cursorValue),
  copyFromTree('tree-copy-path', 'Copy the path', 'Y', json.cursorPath),
];

export const DETAIL_ACTIONS: readonly Action[] = [
  tabAction('logs', 'Logs', 'l'),
  tabAction('stats', 'Stats: CPU and memory', 'u'),
  tabAction('inspect', 'Inspect', 'i'),
  {
    id: 'next-tab',
    title: 'Next tab',
    keys: ['right', ']'],
    scope: 'everywhere',
    perform: (state) => changeTab(state, 1),
  },
  {
    id: 'previous-tab',
    title: 'Previous tab',
    keys: ['left', '['],
    scope: 'everywhere',
    perform: (state) => changeTab(state, -1),
  },
  ...LOG_ACTIONS,
  ...TREE_ACTIONS,
];
