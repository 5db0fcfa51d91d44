import type { JsonValue } from '../engine/engine.ts';
import { maskAssignment } from '../engine/secret-names.ts';

/** A row of the tree, or a line of raw JSON (`type: 'raw'`). */
export type JsonRow = {
  /** As `jq` writes it: `.Config.Env[0]`. It names the row. */
  path: string;
  /** Path of the row that holds it; `.` at the top level. */
  parent: string;
  depth: number;
  key: string;
  /** `"a string"`, `12`, `{3}`, `[5]`. Secrets are masked unless they are revealed. */
  text: string;
  type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'raw';
  /** Null where there is nothing to fold. */
  fold: 'open' | 'folded' | null;
};

export const ROOT = '.';
/** Beyond this a string is shown cut; raw JSON has all of it. */
const LONGEST_TEXT = 2_000;

/** Rows of a value, top level first. Keeps its own stack: a value may be nested deeper than calls can be. */
export function listJsonRows(
  value: JsonValue,
  isOpen: (path: string, value: JsonValue) => boolean,
  revealed: boolean,
): JsonRow[] {
  const rows: JsonRow[] = [];
  const waiting = childrenOf(value, ROOT, 0).toReversed();
  if (!isBranch(value)) waiting.push({ key: '', path: ROOT, parent: ROOT, depth: 0, value, inArray: false });
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const children = childrenOf(node.value, node.path, node.depth + 1);
    const open = children.length > 0 && isOpen(node.path, node.value);
    rows.push(rowOf(node, children.length, open, revealed));
    if (open) for (const child of children.toReversed()) waiting.push(child);
  }
  return rows;
}

type Node = { key: string; path: string; parent: string; depth: number; value: JsonValue; inArray: boolean };

function isBranch(value: JsonValue): value is JsonValue[] | { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null;
}

function childrenOf(value: JsonValue, parent: string, depth: number): Node[] {
  if (!isBranch(value)) return [];
  const inArray = Array.isArray(value);
  return Object.entries(value).map(([key, child]) => {
    const path = inArray ? `${parent}[${key}]` : joinPath(parent, key);
    return { key, path, parent, depth, value: child, inArray };
  });
}

function joinPath(parent: string, key: string): string {
  const step = /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  if (parent !== ROOT) return parent + step;
  return step.startsWith('.') ? step : ROOT + step;
}

function rowOf(node: Node, size: number, open: boolean, revealed: boolean): JsonRow {
  const { path, parent, depth, key, value } = node;
  const fold = size === 0 ? null : open ? 'open' : 'folded';
  return {
    path,
    parent,
    depth,
    key,
    ...textOf(node.inArray && !revealed ? masked(value) : value, size),
    fold,
  };
}

function textOf(value: JsonValue, size: number): Pick<JsonRow, 'text' | 'type'> {
  if (Array.isArray(value)) return { text: size === 0 ? '[]' : `[${size}]`, type: 'array' };
  if (value === null) return { text: 'null', type: 'null' };
  if (typeof value === 'object') return { text: size === 0 ? '{}' : `{${size}}`, type: 'object' };
  if (typeof value === 'string') return { text: quoted(value), type: 'string' };
  return { text: String(value), type: typeof value === 'number' ? 'number' : 'boolean' };
}

function quoted(text: string): string {
  return text.length > LONGEST_TEXT
    ? `${JSON.stringify(text.slice(0, LONGEST_TEXT))}…`
    : JSON.stringify(text);
}

function masked(value: JsonValue): JsonValue {
  return typeof value === 'string' ? maskAssignment(value) : value;
}

/** The value as indented JSON; secrets are masked unless they are revealed. */
export function rawJson(value: JsonValue, revealed: boolean): string {
  const mask = function (this: unknown, _: string, part: JsonValue): JsonValue {
    return !revealed && Array.isArray(this) ? masked(part) : part;
  };
  return JSON.stringify(value, mask, 2);
}

export function listRawRows(value: JsonValue, revealed: boolean): JsonRow[] {
  return rawJson(value, revealed)
    .split('\n')
    .map((text, at) => ({ path: `${at}`, parent: ROOT, depth: 0, key: '', text, type: 'raw', fold: null }));
}

/** Number of rows below a value, counted no further than `limit`. */
export function countRowsBelow(value: JsonValue, limit: number): number {
  if (!isBranch(value)) return 0;
  let count = 0;
  for (const child of Object.values(value)) {
    count += 1 + (count < limit ? countRowsBelow(child, limit - count - 1) : 0);
    if (count > limit) return count;
  }
  return count;
}

/** The value at a path that `listJsonRows` gave; undefined where there is none. */
export function valueAt(value: JsonValue, path: string): JsonValue | undefined {
  let here: JsonValue | undefined = value;
  for (const [step] of path.matchAll(/\.[A-Za-z_]\w*|\[\d+\]|\["(?:[^"\\]|\\.)*"\]/g)) {
    if (here === undefined || !isBranch(here)) return undefined;
    const key: string = step.startsWith('.') ? step.slice(1) : String(JSON.parse(step.slice(1, -1)));
    here = Array.isArray(here) ? here[Number(key)] : Object.hasOwn(here, key) ? here[key] : undefined;
  }
  return here;
}
