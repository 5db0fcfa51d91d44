import { expect } from 'vitest';
import { fileTree, layerTree, type TreeNode } from '../../../src/engine/layers/file-tree.ts';
import type { Layer } from '../../../src/engine/layers/layer.ts';
import { findWaste } from '../../../src/engine/layers/waste.ts';
import { exactBytes } from '../../../src/engine/tar/exact-text.ts';
import type { Reckoning, Seen, Stage } from './unpacked.ts';

const keyOf = (path: string): string => exactBytes(path).toString('latin1');

function nodesOf(tree: TreeNode, found = new Map<string, TreeNode>()): Map<string, TreeNode> {
  for (const child of tree.children) {
    expect(found.has(keyOf(child.path)), `${child.path} is there twice`).toBe(false);
    found.set(keyOf(child.path), child);
    nodesOf(child, found);
  }
  return found;
}

/** Every path of every stage, with all that is known of it, and every wasted byte. */
export function expectAgreement(layers: readonly Layer[], reckoning: Reckoning): void {
  for (const [at, stage] of reckoning.stages.entries()) {
    const tree = fileTree(layers, at);
    expectTree(tree, stage);
    expectOwnPart(layerTree(tree, at), stage);
  }
  const { paths, total, reached, blamed } = findWaste(layers);
  expect({ total, reached, blamed }).toEqual({
    total: reckoning.total,
    reached: reckoning.reached,
    blamed: reckoning.blamed,
  });
  expect(Object.fromEntries(paths.map(({ path, bytes }) => [keyOf(path), bytes]))).toEqual(
    Object.fromEntries(reckoning.wasted),
  );
}

function expectTree(tree: TreeNode, stage: Stage): void {
  const { before, after } = stage;
  const nodes = nodesOf(tree);
  expect([...nodes.keys()].toSorted()).toEqual([...new Set([...before.keys(), ...after.keys()])].toSorted());
  const facts = [...nodes].map(([path, node]) => ({
    path,
    node,
    seen: after.get(path) ?? before.get(path)!,
  }));
  expect(facts.map(({ path, node, seen }) => ({ path, change: node.change, ...ours(node, seen) }))).toEqual(
    facts.map(({ path, node, seen }) => ({ path, change: changeOf(path, stage), ...theirs(seen, node) })),
  );
  expect(tree.size).toBe(uniqueBytes([...after.values()]));
  if (hasSecondNames(after)) return;
  const folders = facts.filter(({ node, seen }) => seen.type === 'folder' && node.change !== 'removed');
  expect(folders.map(({ path, node }) => ({ path, size: node.size }))).toEqual(
    folders.map(({ path }) => ({ path, size: uniqueBytes(below(after, path)) })),
  );
}

function below(seen: ReadonlyMap<string, Seen>, path: string): Seen[] {
  return [...seen].flatMap(([name, one]) => (name.startsWith(`${path}/`) ? [one] : []));
}

/** A folder counts as changed where something in it is, whatever its own mode says. */
function changeOf(path: string, { before, after, written }: Stage): string {
  const [was, is] = [before.get(path), after.get(path)];
  if (was === undefined) return 'added';
  if (is === undefined) return 'removed';
  if (is.type !== 'folder' || was.type !== 'folder')
    return written.has(path) || is.type !== was.type ? 'changed' : 'unchanged';
  if (was.mode !== is.mode || was.uid !== is.uid || was.gid !== is.gid) return 'changed';
  const inside = [...new Set([...before.keys(), ...after.keys()])].filter((p) => p.startsWith(`${path}/`));
  return inside.some((p) => isTouched(p, { before, after, written })) ? 'changed' : 'unchanged';
}

function isTouched(path: string, { before, after, written }: Stage): boolean {
  const [was, is] = [before.get(path), after.get(path)];
  if (was === undefined || is === undefined || was.type !== is.type) return true;
  if (is.type !== 'folder') return written.has(path);
  return was.mode !== is.mode || was.uid !== is.uid || was.gid !== is.gid;
}

type Facts = Partial<Omit<Seen, 'inode'>>;

/** A folder that no layer writes has no mode of its own; links have none anywhere. */
function ours({ entry }: TreeNode, seen: Seen): Facts {
  if (entry === null) return { type: 'folder' };
  const { type, mode, uid, gid, target, content, size, modifiedAt } = entry;
  const facts = {
    type: type === 'hard-link' ? 'file' : type,
    uid,
    gid,
    ...(type === 'link' ? {} : { mode }),
  };
  if (type === 'link') return { ...facts, target: keyOf(target) };
  if (type !== 'file') return facts;
  // Disks keep nanoseconds as a binary fraction of a millisecond.
  const isClose = Math.abs(modifiedAt - seen.modifiedAt) <= 1;
  return { ...facts, content, size, modifiedAt: isClose ? seen.modifiedAt : modifiedAt };
}

function theirs(seen: Seen, { entry }: TreeNode): Facts {
  const { type, mode, uid, gid, target, content, size, modifiedAt } = seen;
  if (entry === null) return { type };
  if (type === 'link') return { type, uid, gid, target };
  return entry.type === 'file'
    ? { type, uid, gid, mode, content, size, modifiedAt }
    : { type, uid, gid, mode };
}

/** The layer alone: what it holds, what it removes, and the folders on the way. */
function expectOwnPart(tree: TreeNode, { before, after, written }: Stage): void {
  const nodes = nodesOf(tree);
  const removed = [...before.keys()].filter((path) => !after.has(path));
  const own = [...written, ...removed];
  const parents = own.flatMap((path) =>
    path.split('/').map((_, i, names) => names.slice(0, i + 1).join('/')),
  );
  expect([...nodes.keys()].toSorted()).toEqual([...new Set(parents)].toSorted());
  const held = [...after].flatMap(([path, seen]) => (written.has(path) ? [seen] : []));
  expect(tree.size).toBe(uniqueBytes(held));
}

function uniqueBytes(seen: readonly Seen[]): number {
  return [...new Map(seen.map(({ inode, size }) => [inode, size])).values()].reduce(
    (sum, size) => sum + size,
    0,
  );
}

function hasSecondNames(seen: ReadonlyMap<string, Seen>): boolean {
  const files = [...seen.values()].filter(({ type }) => type === 'file');
  return new Set(files.map(({ inode }) => inode)).size < files.length;
}
