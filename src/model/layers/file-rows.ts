import { fileTree, layerTree, type TreeNode } from '../../engine/layers/file-tree.ts';
import type { LayeredImage } from '../../engine/layers/layer.ts';
import { foldCase } from '../fold-case.ts';
import { memoizeLast } from '../memoize.ts';
import type { ChangeFilter, TreeLook } from './layers-state.ts';
import { shownPath } from '../shown-path.ts';

/** A line of the tree of files. */
export type FileRow = { node: TreeNode; depth: number; fold: 'open' | 'folded' | null };

/** Rows of a tree with the place of each path among them. */
export type FileRows = { rows: readonly FileRow[]; at: ReadonlyMap<string, number> };

/** Reckoning a tree of 100,000 files takes 0.2 s: those looked at last are kept, as long as their image is. */
const TREES_KEPT = 4;
const trees = new WeakMap<LayeredImage, Map<string, TreeNode>>();

/** The files of a layer, or of everything up to it. */
export function treeOf(image: LayeredImage, layer: number, isWhole: boolean): TreeNode {
  const kept = trees.get(image) ?? new Map<string, TreeNode>();
  trees.set(image, kept);
  const whole = keep(kept, `whole ${layer}`, () => fileTree(image.layers, layer));
  return isWhole ? whole : keep(kept, `own ${layer}`, () => layerTree(whole, layer));
}

function keep(kept: Map<string, TreeNode>, key: string, make: () => TreeNode): TreeNode {
  const tree = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, tree);
  for (const oldest of kept.keys()) {
    if (kept.size <= TREES_KEPT) break;
    kept.delete(oldest);
  }
  return tree;
}

type Folds = Pick<TreeLook, 'untouched' | 'touched'>;

/** The rows that are not folded away. The cursor is no part of it: moving it makes nothing anew. */
export function fileRows(root: TreeNode, look: TreeLook): FileRows {
  return listRows(root, look.untouched, look.touched, look.filter, look.bySize);
}

const listRows = memoizeLast(
  (
    root: TreeNode,
    untouched: Folds['untouched'],
    touched: Folds['touched'],
    filter: ChangeFilter,
    bySize: boolean,
  ): FileRows => {
    const wanted = matching(root, filter);
    const rows: FileRow[] = [];
    const at = new Map<string, number>();
    const add = (node: TreeNode, depth: number): void => {
      for (const child of ordered(node.children, bySize)) {
        if (wanted !== null && !wanted.has(child)) continue;
        const isOpen = child.children.length > 0 && isUnfolded(child, { untouched, touched });
        const fold = child.children.length === 0 ? null : isOpen ? 'open' : 'folded';
        at.set(child.path, rows.length);
        rows.push({ node: child, depth, fold });
        if (isOpen) add(child, depth + 1);
      }
    };
    add(root, 0);
    return { rows, at };
  },
);

function ordered(nodes: readonly TreeNode[], bySize: boolean): readonly TreeNode[] {
  return bySize ? nodes.toSorted((a, b) => b.size - a.size) : nodes;
}

/** A folder with more rows below it than this starts folded. */
const SMALL = 12;

function isUnfolded(node: TreeNode, { untouched, touched }: Folds): boolean {
  const isTouched = touched.get(node.path);
  if (isTouched !== undefined) return isTouched;
  return untouched === 'sized' ? countBelow(node, SMALL) <= SMALL : untouched === 'open';
}

function countBelow(node: TreeNode, limit: number): number {
  let count = node.children.length;
  for (const child of node.children) {
    if (count > limit) break;
    count += countBelow(child, limit - count);
  }
  return count;
}

/** Nodes with the wanted change, and all that lead to them; null for all. */
const matching = memoizeLast((root: TreeNode, filter: ChangeFilter): ReadonlySet<TreeNode> | null => {
  if (filter === 'all') return null;
  const found = new Set<TreeNode>();
  const look = (node: TreeNode): boolean => {
    let isWanted = node.change === filter && (filter !== 'changed' || node.entry?.type !== 'folder');
    for (const child of node.children) if (look(child)) isWanted = true;
    if (isWanted) found.add(node);
    return isWanted;
  };
  look(root);
  return found;
});

/** Paths that a search finds, in the order of the tree; folded ones too. Names are compared, or whole paths for a query with a slash. */
export function foundPaths(root: TreeNode, look: TreeLook): readonly string[] {
  return find(root, look.query, look.filter, look.bySize);
}

const find = memoizeLast(
  (root: TreeNode, query: string, filter: ChangeFilter, bySize: boolean): readonly string[] => {
    if (query === '') return [];
    const wanted = foldCase(query);
    const within = matching(root, filter);
    const found: string[] = [];
    const look = (node: TreeNode): void => {
      for (const child of ordered(node.children, bySize)) {
        if (within !== null && !within.has(child)) continue;
        const text = query.includes('/') ? `/${child.path}` : child.name;
        if (foldCase(shownPath(text)).includes(wanted)) found.push(child.path);
        look(child);
      }
    };
    look(root);
    return found;
  },
);
