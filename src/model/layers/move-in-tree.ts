import type { TreeNode } from '../../engine/layers/file-tree.ts';
import { fileRows, foundPaths, type FileRow, type FileRows } from './file-rows.ts';
import type { ChangeFilter, TreeLook } from './layers-state.ts';

/** Index of the row under the cursor: its own, or that of the nearest folder which hides it. */
export function cursorIndex({ at }: FileRows, cursor: string): number {
  for (let path = cursor; path !== ''; path = parentOf(path)) {
    const index = at.get(path);
    if (index !== undefined) return index;
  }
  return 0;
}

export function cursorRow(root: TreeNode, look: TreeLook): FileRow | null {
  const rows = fileRows(root, look);
  return rows.rows[cursorIndex(rows, look.cursor)] ?? null;
}

export function moveCursor(root: TreeNode, look: TreeLook, by: number): TreeLook {
  const rows = fileRows(root, look);
  return putCursor(rows, look, cursorIndex(rows, look.cursor) + by);
}

/** Puts the cursor on a row, by index; what lies beyond the ends is the end. */
export function putCursor({ rows }: FileRows, look: TreeLook, to: number): TreeLook {
  const row = rows[Math.max(0, Math.min(to, rows.length - 1))];
  return row === undefined ? look : { ...look, cursor: row.node.path };
}

/** Folds or opens the folder under the cursor. */
export function toggleFold(root: TreeNode, look: TreeLook): TreeLook {
  const row = cursorRow(root, look);
  if (row === null || row.fold === null) return look;
  return { ...touch(look, [row.node.path], row.fold === 'folded'), cursor: row.node.path };
}

function touch(look: TreeLook, paths: readonly string[], open: boolean): TreeLook {
  const touched = new Map(look.touched);
  for (const path of paths) touched.set(path, open);
  return { ...look, touched };
}

export function foldAll(look: TreeLook, untouched: 'open' | 'folded'): TreeLook {
  return { ...look, untouched, touched: new Map() };
}

const NEXT_FILTER: Readonly<Record<ChangeFilter, ChangeFilter>> = {
  all: 'added',
  added: 'changed',
  changed: 'removed',
  removed: 'all',
};

export function nextFilter(look: TreeLook): TreeLook {
  return { ...look, filter: NEXT_FILTER[look.filter] };
}

/** Opens what hides a path, and puts the cursor there. */
export function goToPath(look: TreeLook, path: string): TreeLook {
  const hiding: string[] = [];
  for (let parent = parentOf(path); parent !== ''; parent = parentOf(parent)) hiding.push(parent);
  return { ...(hiding.length === 0 ? look : touch(look, hiding, true)), cursor: path };
}

/** Searches from the cursor on, around the end. */
export function searchFiles(root: TreeNode, look: TreeLook, query: string): TreeLook {
  const asked = { ...look, query };
  const found = foundPaths(root, asked);
  if (found.length === 0 || found.includes(look.cursor)) return asked;
  return goToPath(asked, found[0]!);
}

/** To the next (1) or previous (-1) match, around the end. */
export function nextMatch(root: TreeNode, look: TreeLook, direction: 1 | -1): TreeLook {
  const found = foundPaths(root, look);
  if (found.length === 0) return look;
  const at = found.indexOf(look.cursor);
  const next = at === -1 && direction < 0 ? found.length - 1 : at + direction;
  return goToPath(look, found[(next + found.length) % found.length]!);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
