import type { Intent } from '../intents.ts';
import { searchTree } from '../json-tree.ts';
import { detailSize } from '../layout.ts';
import { lineInput } from '../line-input.ts';
import { searchLog } from '../scroll-log.ts';
import type { State } from '../state.ts';

/** Opens the line in which a search is typed, with what was searched for before. */
export function openSearch(state: State): readonly Intent[] {
  const before = query(state);
  return [
    { event: { type: 'overlay-opened', overlay: { kind: 'search', input: lineInput(before), before } } },
  ];
}

function query(state: State): string {
  if (state.tabs[state.subject] !== 'inspect') return state.log?.view.query ?? '';
  return state.tree?.phase === 'read' ? state.tree.tree.query : '';
}

/** Searches for a text in what the details show, the log or the tree. */
export function setSearch(state: State, text: string): readonly Intent[] {
  const size = detailSize(state);
  if (state.tabs[state.subject] !== 'inspect') {
    return state.log === null
      ? []
      : [{ event: { type: 'log-changed', log: searchLog(state.log.view, text, size) } }];
  }
  if (state.tree?.phase !== 'read') return [];
  return [{ event: { type: 'tree-changed', tree: searchTree(state.tree.tree, text, size.rows) } }];
}
