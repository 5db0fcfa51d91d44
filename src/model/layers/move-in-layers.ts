import type { Intent } from '../intents.ts';
import { detailSize } from '../layout.ts';
import type { State } from '../state.ts';
import { shownChanges } from './change-lines.ts';
import { fileRows, treeOf } from './file-rows.ts';
import { changeLook, layersHere } from './here.ts';
import type { LayersLook, LayersPart, OpenLayers, TreeLook } from './layers-state.ts';
import { cursorIndex, putCursor } from './move-in-tree.ts';
import { rowAt } from './part-view.ts';
import { layersParts } from './see-layers.ts';
import { selectLayerIndex, selectStackRow, selectStackRows } from './stack-rows.ts';
import type { TreeNode } from '../../engine/layers/file-tree.ts';
import { wasteOf } from './waste-lines.ts';

/** The tree in front, if it can be looked at. */
export function treeHere(layers: OpenLayers): { root: TreeNode; look: TreeLook } | null {
  const layer = selectLayerIndex(layers);
  if (layers.reading.phase !== 'read' || layer === null) return null;
  const look = layers.look.tree;
  return { root: treeOf(layers.reading.image, layer, look.isWhole), look };
}

/** Moves the cursor of the part that keys go to. */
export function moveInLayers(state: State, by: number): readonly Intent[] {
  const layers = layersHere(state);
  if (layers === null) return [];
  const to = currentRow(layers) + by;
  const look = lookAt(layers, layers.look.part, to);
  return look === null ? [] : [changeLook(look)];
}

function currentRow(layers: OpenLayers): number {
  const { look } = layers;
  const last = (count: number, row: number): number => Math.min(row, Math.max(0, count - 1));
  switch (look.part) {
    case 'stack':
      return last(selectStackRows(layers).length, look.row);
    case 'tree': {
      const tree = treeHere(layers);
      return tree === null ? 0 : cursorIndex(fileRows(tree.root, tree.look), look.tree.cursor);
    }
    case 'waste':
      return look.wasted;
    case 'changes':
      return last(changesHere(layers).length, look.changes.row);
  }
}

export function changesHere({ live, look }: OpenLayers) {
  return live === null ? [] : shownChanges(live.list, look.changes.query);
}

/** The look with the cursor of a part on a row; what lies beyond the ends is the end. */
function lookAt(layers: OpenLayers, part: LayersPart, row: number): Partial<LayersLook> | null {
  const clamp = (count: number): number => Math.max(0, Math.min(row, count - 1));
  const { look, reading } = layers;
  switch (part) {
    case 'stack':
      return { row: clamp(selectStackRows(layers).length) };
    case 'tree': {
      const tree = treeHere(layers);
      return tree === null ? null : { tree: putCursor(fileRows(tree.root, tree.look), tree.look, row) };
    }
    case 'waste':
      return reading.phase === 'read' ? { wasted: clamp(wasteOf(reading.image).paths.length) } : null;
    case 'changes':
      return { changes: { ...look.changes, row: clamp(changesHere(layers).length) } };
  }
}

/** A click inside the pane, at a cell counted from inside its borders: goes to the list and the row under it. */
export function clickLayers(state: State, x: number, y: number): readonly Intent[] {
  const layers = layersHere(state);
  const { columns, rows } = detailSize(state);
  if (layers === null || layers.outline === null || y >= rows) return [];
  const { left, leftWidth, right } = layersParts(layers, columns, rows);
  const isLeft = left !== null && x < leftWidth;
  const view = isLeft ? left : right;
  const row = view === null ? null : rowAt(view, y);
  if (row === null) return [];
  const part = isLeft ? 'stack' : partBeside(layers);
  const look = lookAt(layers, part, row);
  return look === null ? [] : [changeLook({ ...look, part })];
}

/** What stands beside the stack. */
function partBeside(layers: OpenLayers): LayersPart {
  if (layers.look.part !== 'stack') return layers.look.part;
  return selectStackRow(layers)?.kind === 'own' ? 'changes' : 'tree';
}
