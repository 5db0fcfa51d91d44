import type { Layer, LayerEntry } from './layer.ts';
import { mergeLayers, type Content, type Place } from './merge-layers.ts';

/**
 * What differs between two entries of the same path. `content` by checksum where both have one of the same kind, else by
 * size; `maybe-content` where there is no checksum to compare, the sizes are equal and the times are not. A time alone is
 * no difference: every build has other ones.
 */
export type Aspect = 'type' | 'content' | 'maybe-content' | 'target' | 'mode' | 'owner';

export type PathDifference =
  | { path: string; how: 'added'; after: LayerEntry | null }
  | { path: string; how: 'removed'; before: LayerEntry | null }
  | {
      path: string;
      how: 'differs';
      before: LayerEntry | null;
      after: LayerEntry | null;
      aspects: readonly Aspect[];
    };

export type ImageComparison = {
  /** How many layers from the bottom are the same: an engine keeps those once. */
  commonBase: number;
  /** Further layers of the second with content that the first has too, as indexes of both; they are kept twice. */
  alike: readonly { before: number; after: number }[];
  /** By path. */
  paths: readonly PathDifference[];
};

type Side = { layers: readonly Layer[]; files: ReadonlyMap<string, Place> };

/** From the first to the second: what a container of the one would see, and of the other. */
export function compareImages(before: readonly Layer[], after: readonly Layer[]): ImageComparison {
  const commonBase = commonBaseOf(before, after);
  return {
    commonBase,
    alike: alikeAbove(before, after, commonBase),
    paths: differences(sideOf(before), sideOf(after)),
  };
}

function commonBaseOf(a: readonly { diffId: string }[], b: readonly { diffId: string }[]): number {
  const first = a.findIndex(({ diffId }, i) => diffId !== b[i]?.diffId);
  return first === -1 ? a.length : first;
}

function alikeAbove(before: readonly Layer[], after: readonly Layer[], base: number) {
  const places = new Map(before.map(({ diffId }, i) => [diffId, i]));
  return after.flatMap(({ diffId }, i) => {
    const at = places.get(diffId);
    return i < base || at === undefined ? [] : [{ before: at, after: i }];
  });
}

function sideOf(layers: readonly Layer[]): Side {
  const files = new Map<string, Place>();
  const add = (place: Place): void => {
    files.set(place.path, place);
    for (const child of place.children?.values() ?? []) add(child);
  };
  add(mergeLayers(layers, layers.length - 1).root);
  return { layers, files };
}

function differences(before: Side, after: Side): PathDifference[] {
  const found: PathDifference[] = [];
  for (const [path, place] of before.files) {
    const other = after.files.get(path);
    if (other === undefined) found.push({ path, how: 'removed', before: place.entry });
    else if (place.entry !== other.entry) {
      const aspects = aspectsOf(place, other);
      const entries = { before: place.entry, after: other.entry };
      if (aspects.length > 0) found.push({ path, how: 'differs', ...entries, aspects });
    }
  }
  for (const [path, { entry }] of after.files)
    if (!before.files.has(path)) found.push({ path, how: 'added', after: entry });
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function aspectsOf(before: Place, after: Place): Aspect[] {
  const [a, b] = [inner(before), inner(after)];
  const aspects: Aspect[] = [];
  if (a.type !== b.type) aspects.push('type');
  else if (a.type === 'file') aspects.push(...contentAspect(before.content, after.content));
  else if (a.target !== b.target) aspects.push('target');
  // A folder that nobody wrote has neither.
  if (before.entry === null || after.entry === null) return aspects;
  if (before.entry.mode !== after.entry.mode) aspects.push('mode');
  if (before.entry.uid !== after.entry.uid || before.entry.gid !== after.entry.gid) aspects.push('owner');
  return aspects;
}

/** A second name of a file is a file, to whoever looks. */
function inner({ entry, content, children }: Place): { type: string; target: string } {
  if (children !== null) return { type: 'folder', target: '' };
  if (content !== null) return { type: 'file', target: '' };
  return { type: entry?.type ?? 'folder', target: entry?.target ?? '' };
}

function contentAspect(before: Content | null, after: Content | null): Aspect[] {
  if (before === null || after === null || before.entry === after.entry) return [];
  if (before.size !== after.size) return ['content'];
  const [a, b] = [before.entry, after.entry];
  if (before.size === 0) return [];
  if (kindOf(a) !== '' && kindOf(a) === kindOf(b)) return a.content === b.content ? [] : ['content'];
  return a.modifiedAt === b.modifiedAt ? [] : ['maybe-content'];
}

function kindOf({ content }: LayerEntry): string {
  return content.slice(0, content.indexOf(':') + 1);
}
