import type { Intent } from '../intents.ts';
import * as json from '../json-tree.ts';
import { detailSize } from '../layout.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { openSearch } from './search-details.ts';

type TreeChange = (tree: json.TreeState, height: number) => json.TreeState;

/** A change of the Inspect tab, computed from the newest state. */
export function changeTree(state: State, change: TreeChange): readonly Intent[] {
  if (state.tree?.phase !== 'read') return [];
  return [{ event: { type: 'tree-changed', tree: change(state.tree.tree, detailSize(state).rows) } }];
}

type Made = Pick<Action, 'short' | 'moves'>;

function tree(
  id: string,
  title: string,
  keys: readonly string[],
  change: TreeChange,
  made: Made = {},
): Action {
  return { id, title, keys, scope: 'inspect', ...made, perform: (state) => changeTree(state, change) };
}

function copy(id: string, what: string, key: string, text: (tree: json.TreeState) => string): Action {
  const copied = (state: State): string => (state.tree?.phase === 'read' ? text(state.tree.tree) : '');
  const perform = (state: State): readonly Intent[] =>
    copied(state) === '' ? [] : [{ effect: { do: 'copy', text: copied(state), what } }];
  return { id, title: `Copy ${what}`, keys: [key], scope: 'inspect', perform };
}

const move = { moves: true } as const;

export const TREE_ACTIONS: readonly Action[] = [
  tree('tree-up', 'Up', ['up', 'k'], (t, height) => json.moveTreeCursor(t, -1, height), move),
  tree('tree-down', 'Down', ['down', 'j'], (t, height) => json.moveTreeCursor(t, 1, height), move),
  tree(
    'tree-page-up',
    'A page up',
    ['pgup', 'ctrl-b'],
    (t, height) => json.moveTreeCursor(t, -height, height),
    move,
  ),
  tree(
    'tree-page-down',
    'A page down',
    ['pgdn', 'ctrl-f'],
    (t, height) => json.moveTreeCursor(t, height, height),
    move,
  ),
  tree('tree-top', 'To the top', ['home', 'g'], (t, height) => json.putCursor(t, 0, height), move),
  tree(
    'tree-bottom',
    'To the bottom',
    ['end', 'G'],
    (t, height) => json.putCursor(t, Infinity, height),
    move,
  ),
  tree('tree-fold', 'Fold or open', ['enter', 'space'], (t, height) => json.toggleFold(t, height), {
    short: 'fold',
  }),
  tree('tree-unfold-all', 'Open everything', ['a'], (t, height) => json.unfoldAll(t, height), {
    short: 'open all',
  }),
  tree('tree-fold-all', 'Fold everything', ['z'], (t, height) => json.foldAll(t, height)),
  tree('tree-raw', 'Raw JSON, or the tree', ['R'], (t) => json.toggleRaw(t), { short: 'raw' }),
  tree('tree-reveal', 'Show secrets, or mask them', ['v'], (t) => json.toggleReveal(t)),
  { id: 'tree-search', title: 'Search', short: 'search', keys: ['/'], scope: 'inspect', perform: openSearch },
  tree('tree-next', 'Next match', ['n'], (t, height) => json.nextTreeMatch(t, 1, height)),
  tree('tree-previous', 'Previous match', ['N'], (t, height) => json.nextTreeMatch(t, -1, height)),
  copy('tree-copy', 'the value', 'y', json.cursorValue),
  copy('tree-copy-path', 'the path', 'Y', json.cursorPath),
];
