import { actionsOf, type Action } from '../actions/action.ts';
import { goBack, notice } from '../actions/moving-actions.ts';
import { askForm } from '../actions/open-overlay.ts';
import { openSearch } from '../actions/search-details.ts';
import type { Intent } from '../intents.ts';
import { detailSize } from '../layout.ts';
import { selectRow } from '../select-rows.ts';
import type { State } from '../state.ts';
import { leftOut } from './commit-notes.ts';
import { changeLook, layersHere } from './here.ts';
import { isOfContainer, type LayersPart, type OpenLayers, type TreeLook } from './layers-state.ts';
import { moveInLayers, treeHere } from './move-in-layers.ts';
import { foldAll, nextFilter, toggleFold } from './move-in-tree.ts';
import { copyRow, openRow, WANT } from './open-row.ts';
import { nextFound } from './search-layers.ts';
import type { TreeNode } from '../../engine/layers/file-tree.ts';

const layersAction = actionsOf('layers');

function move(id: string, title: string, keys: readonly string[], by: (state: State) => number): Action {
  const perform = (state: State): readonly Intent[] => moveInLayers(state, by(state));
  return { ...layersAction(id, title, keys, perform), moves: true };
}

/** A change of how the files are looked at. */
function inTree(
  id: string,
  title: string,
  key: string,
  change: (look: TreeLook, root: TreeNode) => TreeLook,
  short?: string,
): Action {
  const perform = (state: State): readonly Intent[] => {
    const layers = layersHere(state);
    const tree = layers === null ? null : treeHere(layers);
    return tree === null ? [] : [changeLook({ tree: change(tree.look, tree.root) })];
  };
  const unavailable = only('tree', 'This is for the files of a layer: Enter opens them.');
  return layersAction(id, title, [key], perform, { unavailable, ...(short !== undefined && { short }) });
}

function only(part: LayersPart, why: string): (state: State) => string {
  return (state) => (layersHere(state)?.look.part === part ? '' : why);
}

const page = (state: State): number => Math.max(1, detailSize(state).rows - 2);

function isUnderWay({ reading: { phase } }: OpenLayers): boolean {
  return phase === 'asked' || phase === 'under-way';
}

const STOP: Intent = { event: { type: 'layers-reading-stopped' } };

/** Back to the stack; there, an end to reading; then out of the pane. */
function back(state: State): readonly Intent[] {
  const layers = layersHere(state);
  if (layers === null) return goBack(state);
  if (layers.look.part === 'changes' && layers.look.changes.query !== '')
    return [changeLook({ changes: { row: 0, query: '' } })];
  if (layers.look.part !== 'stack') return [changeLook({ part: 'stack' })];
  return isUnderWay(layers) ? [STOP] : goBack(state);
}

function stop(state: State): readonly Intent[] {
  const layers = layersHere(state);
  return layers !== null && isUnderWay(layers) ? [STOP] : [notice(state, 'Nothing is being read now.')];
}

function toggleWaste(state: State): readonly Intent[] {
  const layers = layersHere(state);
  if (layers === null) return [];
  const { phase } = layers.reading;
  const shown = changeLook({ part: layers.look.part === 'waste' ? 'stack' : 'waste' });
  return phase === 'unread' || phase === 'failed' ? [WANT, shown] : [shown];
}

function toggleMetadata(state: State): readonly Intent[] {
  const layers = layersHere(state);
  return layers === null ? [] : [changeLook({ metadata: !layers.look.metadata, row: 0 })];
}

function noContainer(state: State): string {
  const layers = layersHere(state);
  return layers !== null && isOfContainer(layers) ? '' : 'Only a container has changes to make an image of.';
}

function askCommit(state: State): readonly Intent[] {
  const layers = layersHere(state);
  const item = selectRow(state, 'container')?.item;
  if (layers === null || item?.kind !== 'container') return [];
  const container = { id: item.id, name: item.name };
  return askForm(state, { kind: 'commit', container, leaves: leftOut(layers.mounts) });
}

export const LAYERS_ACTIONS: readonly Action[] = [
  move('up', 'Up', ['up', 'k'], () => -1),
  move('down', 'Down', ['down', 'j'], () => 1),
  move('page-up', 'A page up', ['pgup', 'ctrl-b'], (state) => -page(state)),
  move('page-down', 'A page down', ['pgdn', 'ctrl-f'], page),
  move('top', 'To the top', ['home', 'g'], () => -Infinity),
  move('bottom', 'To the bottom', ['end', 'G'], () => Infinity),
  layersAction('open', 'Files of a layer, text of a file', ['enter'], openRow, { short: 'open' }),
  inTree('fold', 'Fold or open a folder', 'space', (look, root) => toggleFold(root, look)),
  inTree('filter', 'Only what is added, changed, removed; or all', 'F', nextFilter, 'filter'),
  inTree(
    'whole',
    'Only the layer, or everything up to it',
    't',
    (look) => ({ ...look, isWhole: !look.isWhole }),
    'layer/all',
  ),
  inTree('sort', 'By size, or by name', 'o', (look) => ({ ...look, bySize: !look.bySize }), 'by size'),
  inTree('unfold-all', 'Open everything', 'a', (look) => foldAll(look, 'open')),
  inTree('fold-all', 'Fold everything', 'z', (look) => foldAll(look, 'folded')),
  layersAction('waste', 'Waste: what can no longer be seen', ['w'], toggleWaste, { short: 'waste' }),
  layersAction('commit', 'Make an image of the container', ['c'], askCommit, {
    short: 'commit',
    unavailable: noContainer,
  }),
  layersAction('search', 'Search', ['/'], openSearch, {
    short: 'search',
    unavailable: (state) =>
      ['tree', 'changes'].includes(layersHere(state)?.look.part ?? '')
        ? ''
        : 'Enter opens the files; there one can search.',
  }),
  layersAction('next', 'Next match', ['n'], (state) => nextFound(state, 1)),
  layersAction('previous', 'Previous match', ['N'], (state) => nextFound(state, -1)),
  layersAction('metadata', 'Lines that only set metadata, or none', ['m'], toggleMetadata),
  layersAction('copy', 'Copy the path, or the instruction', ['y'], copyRow),
  layersAction('stop', 'Stop reading', ['x'], stop),
  layersAction('back', 'Back to the stack', ['esc'], back),
];
