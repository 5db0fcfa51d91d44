import type { JsonValue } from '../engine/engine.ts';
import { occurrences, type Span } from './filter.ts';
import { foldCase } from './fold-case.ts';
import {
  countRowsBelow,
  listJsonRows,
  listRawRows,
  rawJson,
  ROOT,
  valueAt,
  type JsonRow,
} from './json-rows.ts';

/** A value as a tree that is folded, walked and searched. Plain data; `rows` follows from the rest. */
export type TreeState = {
  value: JsonValue;
  /** What is on show, folded parts left out. */
  rows: readonly JsonRow[];
  /** Index in `rows` of the row under the cursor and of the first row in view. */
  cursor: number;
  top: number;
  /** What holds for a branch that nobody touched: `sized` opens the small ones. */
  untouched: 'sized' | 'open' | 'folded';
  /** Branches that somebody folded (false) or opened (true), by path. */
  touched: ReadonlyMap<string, boolean>;
  revealed: boolean;
  raw: boolean;
  query: string;
};

/** A branch with more rows below it than this starts folded. */
const SMALL = 12;

export function openTree(value: JsonValue): TreeState {
  return withRows({
    value,
    rows: [],
    cursor: 0,
    top: 0,
    untouched: 'sized',
    touched: new Map(),
    revealed: false,
    raw: false,
    query: '',
  });
}

/** Makes the rows anew; the cursor stays on its row, or goes to the nearest that holds it. */
function withRows(tree: TreeState): TreeState {
  const { value, revealed } = tree;
  const rows = tree.raw
    ? listRawRows(value, revealed)
    : listJsonRows(value, (path, part) => isOpen(tree, path, part), revealed);
  return { ...tree, rows, cursor: findCursor(tree, rows) };
}

function isOpen(tree: TreeState, path: string, value: JsonValue): boolean {
  const touched = tree.touched.get(path);
  if (touched !== undefined) return touched;
  return tree.untouched === 'sized' ? countRowsBelow(value, SMALL) <= SMALL : tree.untouched === 'open';
}

function findCursor(tree: TreeState, rows: readonly JsonRow[]): number {
  const last = Math.max(0, rows.length - 1);
  const parents = new Map(tree.rows.map((row) => [row.path, row.parent]));
  const index = new Map(rows.map((row, at) => [row.path, at]));
  for (let path = tree.rows[tree.cursor]?.path; path !== undefined; path = parents.get(path)) {
    const at = index.get(path);
    if (at !== undefined) return at;
    if (path === ROOT) break;
  }
  return Math.min(tree.cursor, last);
}

/** The object was inspected again: what was open stays open. */
export function replaceTreeValue(tree: TreeState, value: JsonValue): TreeState {
  return withRows({ ...tree, value });
}

export function treeCursorRow(tree: TreeState): JsonRow | null {
  return tree.rows[tree.cursor] ?? null;
}

/** Moves the cursor; `height` is the number of rows in view, and the cursor stays among them. */
export function moveTreeCursor(tree: TreeState, by: number, height: number): TreeState {
  return putCursor(tree, tree.cursor + by, height);
}

/** Puts the cursor on a row, by index; Infinity is the last one. */
export function putCursor(tree: TreeState, at: number, height: number): TreeState {
  const cursor = Math.max(0, Math.min(at, tree.rows.length - 1));
  return { ...tree, cursor, top: topFor(tree, cursor, height) };
}

function topFor(tree: TreeState, cursor: number, height: number): number {
  const most = Math.max(0, tree.rows.length - height);
  return Math.max(0, Math.min(Math.max(tree.top, cursor - height + 1), cursor, most));
}

/** Folds or opens the branch under the cursor. */
export function toggleFold(tree: TreeState, height: number): TreeState {
  const row = treeCursorRow(tree);
  return row === null || row.fold === null ? tree : touch(tree, [row.path], row.fold === 'folded', height);
}

/** To the right: opens the branch, or goes to its first row. */
export function unfoldOrEnter(tree: TreeState, height: number): TreeState {
  const row = treeCursorRow(tree);
  if (row === null || row.fold === null) return tree;
  return row.fold === 'folded' ? touch(tree, [row.path], true, height) : moveTreeCursor(tree, 1, height);
}

/** To the left: folds the branch, or goes to the row that holds this one. */
export function foldOrLeave(tree: TreeState, height: number): TreeState {
  const row = treeCursorRow(tree);
  if (row === null) return tree;
  if (row.fold === 'open') return touch(tree, [row.path], false, height);
  const parent = tree.rows.findIndex(({ path }) => path === row.parent);
  return parent < 0 ? tree : putCursor(tree, parent, height);
}

function touch(tree: TreeState, paths: readonly string[], open: boolean, height: number): TreeState {
  const touched = new Map(tree.touched);
  for (const path of paths) touched.set(path, open);
  return moveTreeCursor(withRows({ ...tree, touched }), 0, height);
}

export function foldAll(tree: TreeState, height: number): TreeState {
  return moveTreeCursor(withRows({ ...tree, untouched: 'folded', touched: new Map() }), 0, height);
}

export function unfoldAll(tree: TreeState, height: number): TreeState {
  return moveTreeCursor(withRows({ ...tree, untouched: 'open', touched: new Map() }), 0, height);
}

/** Shows secrets, or masks them again. */
export function toggleReveal(tree: TreeState): TreeState {
  return withRows({ ...tree, revealed: !tree.revealed });
}

/** Between the tree and its JSON text; each begins at its top. */
export function toggleRaw(tree: TreeState): TreeState {
  return withRows({ ...tree, raw: !tree.raw, rows: [], cursor: 0, top: 0 });
}

/** What “copy the path” copies: `.Config.Env[0]`; empty in raw JSON. */
export function cursorPath(tree: TreeState): string {
  return tree.raw ? '' : (treeCursorRow(tree)?.path ?? '');
}

/** What “copy the value” copies: a string as it is, anything else as JSON; masked like the screen. */
export function cursorValue(tree: TreeState): string {
  const row = treeCursorRow(tree);
  if (row === null || tree.raw) return row?.text.trim() ?? '';
  const value = valueAt(tree.value, row.path);
  if (value === undefined) return '';
  if (typeof value === 'object' && value !== null) return rawJson(value, tree.revealed);
  return typeof value === 'string' ? shownString(tree, row, value) : row.text;
}

function shownString(tree: TreeState, row: JsonRow, value: string): string {
  const isMasked = !tree.revealed && row.text !== JSON.stringify(value) && !row.text.endsWith('…');
  return isMasked ? row.text.slice(1, -1) : value;
}

/** Looks for a text in keys and values, folded ones too, and goes to the first from the cursor on. */
export function searchTree(tree: TreeState, query: string, height: number): TreeState {
  const asked = { ...tree, query };
  const all = everyRow(asked);
  const from = cursorIn(all, asked);
  const found = matchIndices(all, query);
  const at = found.find((index) => index >= from) ?? found[0];
  return at === undefined ? asked : goTo(asked, all, at, height);
}

/** To the next (1) or previous (-1) match, around the end. */
export function nextTreeMatch(tree: TreeState, direction: 1 | -1, height: number): TreeState {
  const all = everyRow(tree);
  const from = cursorIn(all, tree);
  const found = matchIndices(all, tree.query);
  const at =
    direction > 0
      ? (found.find((index) => index > from) ?? found[0])
      : (found.findLast((index) => index < from) ?? found.at(-1));
  return at === undefined ? tree : goTo(tree, all, at, height);
}

function everyRow(tree: TreeState): readonly JsonRow[] {
  return tree.raw ? tree.rows : listJsonRows(tree.value, () => true, tree.revealed);
}

function cursorIn(all: readonly JsonRow[], tree: TreeState): number {
  const path = treeCursorRow(tree)?.path;
  return all.findIndex((row) => row.path === path);
}

function matchIndices(all: readonly JsonRow[], query: string): number[] {
  if (query === '') return [];
  const wanted = foldCase(query);
  return [...all.keys()].filter((at) => {
    const row = all[at];
    return row !== undefined && (foldCase(row.key).includes(wanted) || foldCase(row.text).includes(wanted));
  });
}

/** Opens what hides the row, and puts the cursor there. */
function goTo(tree: TreeState, all: readonly JsonRow[], at: number, height: number): TreeState {
  const target = all[at];
  if (target === undefined) return tree;
  const parents = new Map(all.map((row) => [row.path, row.parent]));
  const hiding: string[] = [];
  for (let path = target.parent; path !== ROOT; path = parents.get(path) ?? ROOT) hiding.push(path);
  const opened = hiding.length === 0 ? tree : touch(tree, hiding, true, height);
  const cursor = opened.rows.findIndex((row) => row.path === target.path);
  return cursor < 0 ? opened : putCursor(opened, cursor, height);
}

export type VisibleJsonRow = JsonRow & {
  selected: boolean;
  keySpans: readonly Span[];
  textSpans: readonly Span[];
};

/** The rows in view, with what the search found in them. */
export function selectTreeRows(tree: TreeState, height: number): VisibleJsonRow[] {
  const top = topFor(tree, tree.cursor, height);
  const wanted = foldCase(tree.query);
  return tree.rows.slice(top, top + height).map((row, at) => ({
    ...row,
    selected: top + at === tree.cursor,
    keySpans: occurrences(foldCase(row.key), wanted),
    textSpans: occurrences(foldCase(row.text), wanted),
  }));
}

/** The figures for the line under the tree; `current` counts from 1, 0 off a match. */
export function selectTreeStatus(tree: TreeState): { rows: number; matches: number; current: number } {
  if (tree.query === '') return { rows: tree.rows.length, matches: 0, current: 0 };
  const all = everyRow(tree);
  const found = matchIndices(all, tree.query);
  return { rows: tree.rows.length, matches: found.length, current: found.indexOf(cursorIn(all, tree)) + 1 };
}
