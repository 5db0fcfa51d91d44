import type { PathChange } from '../../engine/engine.ts';

/** What is at a path: a word for it where it is no file, and bytes where it is one. */
export type PathSize = { isFolder: boolean; size: number };

export type LiveChange = PathChange & {
  /** Null until it was measured. */
  size: number | null;
  isFolder: boolean;
  /** When it was first seen; null for what was there already when one began to look. */
  seenAt: number | null;
};

/** What a container's own layer holds. */
export type LiveChanges = {
  /** By path, no more than are kept. */
  list: readonly LiveChange[];
  /** Of all, also those that are not kept. */
  counts: Readonly<Record<PathChange['kind'], number>>;
  /** Bytes of those that were measured. */
  bytes: number;
  /** Files that are there and were not measured. */
  unmeasured: number;
  at: number;
  /** Why they could not be read last time; what was read before stays. */
  failed: string;
};

/** Changes that are kept; more are only counted. */
export const CHANGES_KEPT = 2_000;
/** How long a new one is marked, in milliseconds. */
export const NEW_FOR = 4_000;

type Told = { at: number; changes: readonly PathChange[]; sizes: ReadonlyMap<string, PathSize> };

/** The list as it is now, with what was known of it before. */
export function mergeChanges(before: LiveChanges | null, { at, changes, sizes }: Told): LiveChanges {
  const known = new Map(before?.list.map((change) => [change.path, change]));
  const counts = { added: 0, changed: 0, deleted: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  const list = keptChanges(changes).map((change): LiveChange => {
    const old = known.get(change.path);
    const isSame = old?.kind === change.kind;
    const told = sizes.get(change.path);
    return {
      ...change,
      size: change.kind === 'deleted' ? null : (told?.size ?? (isSame ? old.size : null)),
      isFolder: told?.isFolder ?? (isSame && old.isFolder),
      seenAt: isSame ? old.seenAt : before === null ? null : at,
    };
  });
  const files = list.filter(({ kind, isFolder }) => kind !== 'deleted' && !isFolder);
  return {
    list,
    counts,
    bytes: files.reduce((sum, { size }) => sum + (size ?? 0), 0),
    unmeasured: files.filter(({ size }) => size === null).length,
    at,
    failed: '',
  };
}

/** Those that are kept of a long list. */
export function keptChanges(changes: readonly PathChange[]): readonly PathChange[] {
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1)).slice(0, CHANGES_KEPT);
}

export function totalChanges({ counts }: LiveChanges): number {
  return counts.added + counts.changed + counts.deleted;
}

/** Whether it came a moment ago: it has a mark then. Times are compared with the last reading, so that nothing ticks. */
export function isNew({ seenAt }: LiveChange, { at }: LiveChanges): boolean {
  return seenAt !== null && at - seenAt < NEW_FOR;
}

/** The same list, which could not be read anew. */
export function failChanges(before: LiveChanges | null, why: string): LiveChanges {
  const none = { list: [], counts: { added: 0, changed: 0, deleted: 0 }, bytes: 0, unmeasured: 0, at: 0 };
  return { ...(before ?? none), failed: why };
}
