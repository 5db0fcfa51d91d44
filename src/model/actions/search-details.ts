import type { Intent } from '../intents.ts';
import { searchTree } from '../json-tree.ts';
import { detailSize } from '../layout.ts';
import { layersQuery, searchLayers } from '../layers/search-layers.ts';
import { lineInput } from '../line-input.ts';
import { searchLog } from '../scroll-log.ts';
import { wireHeight } from '../select-wire.ts';
import type { State } from '../state.ts';
import type { OpenCall } from '../wire-log.ts';

/** Opens the line in which a search is typed, with what was searched for before. */
export function openSearch(state: State): readonly Intent[] {
  const before = query(state);
  return [
    { event: { type: 'overlay-opened', overlay: { kind: 'search', input: lineInput(before), before } } },
  ];
}

/** The call of the wire that the search is about, where it is that and not the details. */
function openWireCall({ focus, wire }: State): OpenCall | null {
  return focus === 'wire' ? wire.open : null;
}

function query(state: State): string {
  const call = openWireCall(state);
  if (call !== null) return call.tree.query;
  if (state.tabs[state.subject] === 'layers') return layersQuery(state);
  if (state.tabs[state.subject] !== 'inspect') return state.log?.view.query ?? '';
  return state.tree?.phase === 'read' ? state.tree.tree.query : '';
}

/** Searches for a text in what the details show, the log or the tree, or in the open call of the wire. */
export function setSearch(state: State, text: string): readonly Intent[] {
  const call = openWireCall(state);
  if (call !== null) {
    const tree = searchTree(call.tree, text, wireHeight(state));
    return [{ event: { type: 'wire-changed', view: { open: { ...call, tree } } } }];
  }
  if (state.tabs[state.subject] === 'layers') return searchLayers(state, text);
  const size = detailSize(state);
  if (state.tabs[state.subject] !== 'inspect') {
    return state.log === null
      ? []
      : [{ event: { type: 'log-changed', log: searchLog(state.log.view, text, size) } }];
  }
  if (state.tree?.phase !== 'read') return [];
  return [{ event: { type: 'tree-changed', tree: searchTree(state.tree.tree, text, size.rows) } }];
}
