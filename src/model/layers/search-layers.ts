import type { Intent } from '../intents.ts';
import type { State } from '../state.ts';
import { changeLook, layersHere } from './here.ts';
import { treeHere } from './move-in-layers.ts';
import { nextMatch, searchFiles } from './move-in-tree.ts';

/** What is searched for in the part that is in front. */
export function layersQuery(state: State): string {
  const look = layersHere(state)?.look;
  if (look === undefined) return '';
  return look.part === 'changes' ? look.changes.query : look.tree.query;
}

/** Goes to the first file that is called so; of what a container changed, leaves only those. */
export function searchLayers(state: State, query: string): readonly Intent[] {
  const layers = layersHere(state);
  if (layers === null) return [];
  if (layers.look.part === 'changes') return [changeLook({ changes: { row: 0, query } })];
  const tree = treeHere(layers);
  return tree === null ? [] : [changeLook({ tree: searchFiles(tree.root, tree.look, query) })];
}

export function nextFound(state: State, direction: 1 | -1): readonly Intent[] {
  const layers = layersHere(state);
  const tree = layers === null ? null : treeHere(layers);
  if (tree === null || layers?.look.part !== 'tree') return [];
  return [changeLook({ tree: nextMatch(tree.root, tree.look, direction) })];
}
