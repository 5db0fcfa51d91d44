import type { WastedPath } from '../../engine/layers/waste.ts';
import type { TreeNode } from '../../engine/layers/file-tree.ts';
import type { Intent } from '../intents.ts';
import { notice } from '../actions/moving-actions.ts';
import type { State } from '../state.ts';
import { changeLook, layersHere } from './here.ts';
import type { OpenLayers } from './layers-state.ts';
import { changesHere, treeHere } from './move-in-layers.ts';
import { cursorRow, goToPath, toggleFold } from './move-in-tree.ts';
import { shownPath } from '../shown-path.ts';
import { selectStackRow, selectStackRows } from './stack-rows.ts';
import { wasteOf } from './waste-lines.ts';

/** Enter, by what is under the cursor. */
export function openRow(state: State): readonly Intent[] {
  const layers = layersHere(state);
  if (layers === null) return [];
  if (layers.outline === null) return [];
  switch (layers.look.part) {
    case 'stack':
      return openLayer(state, layers);
    case 'tree':
      return openFile(state, layers);
    case 'waste':
      return openWasted(layers);
    case 'changes':
      return openChange(state, layers);
  }
}

function openLayer(state: State, layers: OpenLayers): readonly Intent[] {
  const row = selectStackRow(layers);
  if (row === null) return [];
  if (row.kind === 'own') return [changeLook({ part: 'changes' })];
  if (row.layer === null) return [notice(state, 'This line changes no files: it only sets metadata.')];
  const opened = changeLook({ part: 'tree' });
  const { phase } = layers.reading;
  return phase === 'unread' || phase === 'failed' ? [WANT, opened] : [opened];
}

/** Reads what is in the layers, though it is large, or failed before. */
export const WANT: Intent = { event: { type: 'layers-wanted', quickly: false } };

function openFile(state: State, layers: OpenLayers): readonly Intent[] {
  const tree = treeHere(layers);
  if (tree === null)
    return layers.reading.phase === 'failed' || layers.reading.phase === 'unread' ? [WANT] : [];
  const node = cursorRow(tree.root, tree.look)?.node;
  if (node === undefined) return [];
  if (node.children.length > 0) return [changeLook({ tree: toggleFold(tree.root, tree.look) })];
  if (node.entry?.type === 'file' || node.entry?.type === 'hard-link') return [readFile(layers, node)];
  return [notice(state, `${shownPath(node.name)} is ${kindOf(node)}: there is no text in it.`)];
}

function readFile({ imageId }: OpenLayers, { path, layer, size }: TreeNode): Intent {
  return { effect: { do: 'open-layer-file', imageId, layer, path, size } };
}

function kindOf({ entry }: TreeNode): string {
  if (entry === null || entry.type === 'folder') return 'an empty folder';
  if (entry.type === 'link') return `a link to ${shownPath(entry.target)}`;
  return entry.type === 'pipe' ? 'a pipe' : 'a device';
}

/** The file that is lost, in the layer that made it so. */
function openWasted(layers: OpenLayers): readonly Intent[] {
  if (layers.reading.phase !== 'read') return [WANT];
  const { paths } = wasteOf(layers.reading.image);
  const wasted = paths[Math.min(layers.look.wasted, paths.length - 1)];
  return wasted === undefined ? [] : [goToLayer(layers, wasted)];
}

function goToLayer(layers: OpenLayers, { path, losses }: WastedPath): Intent {
  const by = losses.at(-1)?.by ?? 0;
  const row = selectStackRows(layers).findIndex((one) => one.kind === 'step' && one.layer === by);
  const tree = goToPath({ ...layers.look.tree, filter: 'all', isWhole: false }, path);
  return changeLook({ part: 'tree', row: Math.max(0, row), tree });
}

function openChange(state: State, layers: OpenLayers): readonly Intent[] {
  const list = changesHere(layers);
  const change = list[Math.min(layers.look.changes.row, list.length - 1)];
  if (change === undefined) return [];
  if (change.kind === 'deleted') return [notice(state, `${shownPath(change.path)} is not there any more.`)];
  if (change.isFolder) return [notice(state, `${shownPath(change.path)} is a folder.`)];
  const container = layers.of.slice('container '.length);
  return [{ effect: { do: 'open-live-file', container, path: change.path } }];
}

/** What `y` copies: the path, or the instruction of a layer. */
export function copyRow(state: State): readonly Intent[] {
  const layers = layersHere(state);
  const text = layers === null ? '' : textOf(layers);
  return text === '' ? [] : [{ effect: { do: 'copy', text, what: text } }];
}

function textOf(layers: OpenLayers): string {
  const { look, reading } = layers;
  switch (look.part) {
    case 'stack': {
      const row = selectStackRow(layers);
      return row?.kind === 'step' ? row.instruction : '';
    }
    case 'tree': {
      const tree = treeHere(layers);
      const node = tree === null ? undefined : cursorRow(tree.root, tree.look)?.node;
      return node === undefined ? '' : `/${shownPath(node.path)}`;
    }
    case 'waste': {
      const paths = reading.phase === 'read' ? wasteOf(reading.image).paths : [];
      const wasted = paths[Math.min(look.wasted, paths.length - 1)];
      return wasted === undefined ? '' : `/${shownPath(wasted.path)}`;
    }
    case 'changes': {
      const list = changesHere(layers);
      return shownPath(list[Math.min(look.changes.row, list.length - 1)]?.path ?? '');
    }
  }
}
