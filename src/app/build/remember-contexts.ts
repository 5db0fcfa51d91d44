import type { Dockerfile } from '../../engine/build/dockerfile.ts';
import type { BuildContext, ContextEntry } from './context.ts';

/** Contexts that are remembered, the newest; and files of each of them, beyond which it is not. */
const KEPT = 5;
const LARGEST = 20_000;

export type Since = { before: Dockerfile | null; changed: readonly string[] | null };

/** Keeps what a build was made of and tells what is not as it was; both are null for a folder that was not built before. */
export type ContextMemory = (context: BuildContext, entries: readonly ContextEntry[]) => Since;

export function rememberContexts(): ContextMemory {
  const known = new Map<string, { dockerfile: Dockerfile; marks: Map<string, string> }>();
  return (context, entries) => {
    const key = `${context.folder}\0${context.dockerfilePath}`;
    const last = known.get(key);
    known.delete(key);
    if (entries.length > LARGEST) return { before: null, changed: null };
    const marks = new Map(entries.map(({ path, entry }) => [path, markOf(entry)]));
    known.set(key, { dockerfile: context.dockerfile, marks });
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    if (last === undefined) return { before: null, changed: null };
    return { before: last.dockerfile, changed: changes(last.marks, marks) };
  };
}

/** A folder changes with what is in it, which is told by itself. */
function markOf({ type, size, mode, modifiedAt, target }: ContextEntry['entry']): string {
  return [type, mode, ...(type === 'folder' ? [] : [size, modifiedAt]), target.toString('latin1')].join(' ');
}

function changes(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const changed = [...now].filter(([path, mark]) => before.get(path) !== mark).map(([path]) => path);
  return [...changed, ...[...before.keys()].filter((path) => !now.has(path))];
}
