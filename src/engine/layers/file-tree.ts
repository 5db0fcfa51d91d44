import type { Layer, LayerEntry } from './layer.ts';
import { mergeLayers, type Place } from './merge-layers.ts';

/** What a layer does to a path. A file is `changed` as soon as the layer holds a copy of it, be it the same; see `isSameFolder` for folders. */
export type Change = 'added' | 'changed' | 'removed' | 'unchanged';

/** A path and what is below it, as they are once a layer lies on those before it. */
export type TreeNode = {
  /** The last part of the path; exact, so not fit for a screen as it is. Empty for the root. */
  name: string;
  path: string;
  /** Null for a folder that no layer writes and that is there for what is in it. Of what is removed: what it was. */
  entry: LayerEntry | null;
  /** What stood here before the layer; null for what was not there, and for what the layer leaves alone. */
  before: LayerEntry | null;
  /** The layer that wrote it, as an index. */
  layer: number;
  change: Change;
  /**
   * Bytes of content here and below; what is removed counts only for what is removed itself. A file with several names
   * counts under the first of them that is there.
   */
  size: number;
  /** By name. What lay in a folder that is no folder any more is below what took its place. */
  children: readonly TreeNode[];
};

/**
 * Everything up to and with layer `top`, and what that layer did: one node for each path, the removed ones among them.
 * 100,000 files take about 0.2 s, so keep what it gives.
 */
export function fileTree(layers: readonly Layer[], top: number): TreeNode {
  const { root } = mergeLayers(layers, top);
  return present(root, undefined, top);
}

/** Of such a tree, only what the layer itself holds or removes, and the folders on the way; sizes are those of the layer. */
export function layerTree(tree: TreeNode, top: number): TreeNode {
  return ownPart(tree, top) ?? { ...tree, size: 0, children: [] };
}

function ownPart(node: TreeNode, top: number): TreeNode | null {
  if (node.change === 'removed') return node;
  const children = node.children.flatMap((child) => ownPart(child, top) ?? []);
  const isOwn = node.layer === top;
  if (!isOwn && children.length === 0) return null;
  const below = (nodes: readonly TreeNode[]): number => living(nodes);
  const own = isOwn ? node.size - below(node.children) : 0;
  return { ...node, size: own + below(children), children };
}

function living(nodes: readonly TreeNode[]): number {
  let size = 0;
  for (const node of nodes) if (node.change !== 'removed') size += node.size;
  return size;
}

/** @param ghost what was here under the same name before the top layer */
function present(place: Place, ghost: Place | undefined, top: number): TreeNode {
  const children = childrenOf(place, ghost, top);
  const before = ghost?.entry ?? place.before;
  const { name, path, entry, layer } = place;
  const change = changeOf(place, ghost, children, top);
  return { name, path, entry, before, layer, change, size: heldBytes(place) + living(children), children };
}

const NONE: readonly TreeNode[] = [];

function childrenOf(place: Place, ghost: Place | undefined, top: number): readonly TreeNode[] {
  const goneBefore = ghost?.children ?? null;
  if (place.children === null && goneBefore === null) return NONE;
  const gone = new Map([...(goneBefore ?? []), ...(place.ghosts ?? [])]);
  const children: TreeNode[] = [];
  for (const child of place.children?.values() ?? []) {
    children.push(present(child, gone.get(child.name), top));
    gone.delete(child.name);
  }
  for (const child of gone.values()) if (child.since < top) children.push(removed(child));
  return children.toSorted(byName);
}

function removed(place: Place): TreeNode {
  const children = [...(place.children?.values() ?? [])].map(removed).toSorted(byName);
  const { name, path, entry, layer, content } = place;
  const own = content?.places[0] === place ? content.size : 0;
  const size = children.reduce((sum, child) => sum + child.size, own);
  return { name, path, entry, before: entry, layer, change: 'removed', size, children };
}

function changeOf(
  place: Place,
  ghost: Place | undefined,
  children: readonly TreeNode[],
  top: number,
): Change {
  const isNew = ghost === undefined && place.since === top && place.path !== '';
  if (isNew) return 'added';
  if (children.some(({ change }) => change !== 'unchanged')) return 'changed';
  if (place.layer < top || place.path === '') return 'unchanged';
  const before = ghost === undefined ? place.before : ghost.entry;
  return place.children !== null && isSameFolder(place.entry, before) ? 'unchanged' : 'changed';
}

/** Layers hold the folders on the way to what they change: a folder is changed where its mode or owner is, or something in it. */
function isSameFolder(now: LayerEntry | null, before: LayerEntry | null): boolean {
  if (now === null || before === null) return true;
  const isFolder = before.type === 'folder';
  return isFolder && now.mode === before.mode && now.uid === before.uid && now.gid === before.gid;
}

/** The bytes of a file under the first of its names that is there. */
function heldBytes({ content, path }: Place): number {
  if (content === null) return 0;
  return content.places.find(({ isThere }) => isThere)?.path === path ? content.size : 0;
}

function byName(a: TreeNode, b: TreeNode): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
