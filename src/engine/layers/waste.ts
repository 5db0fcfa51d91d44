import type { Layer, LayerEntry } from './layer.ts';
import { mergeLayers, type Lost } from './merge-layers.ts';

/**
 * Why bytes are of no use: a later layer removed the path, wrote other content to it, or holds the same content once more:
 * with another mode or owner (`attributes`), or for nothing (`repeated`).
 */
export type Reason = 'removed' | 'rewritten' | 'attributes' | 'repeated';

/** Bytes that `layer` holds and that `by` made useless, both as indexes. */
export type Loss = { bytes: number; layer: number; by: number; reason: Reason };

export type WastedPath = {
  /** Exact, so not fit for a screen as it is. */
  path: string;
  bytes: number;
  /** In the order of the layers that did it. */
  losses: readonly Loss[];
};

export type Waste = {
  /** The most first. */
  paths: readonly WastedPath[];
  /** For each layer, the bytes that it holds, and those of the ones below that it made useless. */
  held: readonly number[];
  blamed: readonly number[];
  /** Bytes of all layers, of what can still be reached, and the difference. */
  total: number;
  reached: number;
  bytes: number;
  /** `reached / total`: 1 where nothing is wasted, or nothing is there. */
  efficiency: number;
};

/** What an image carries about that nobody can see any more. Counts bytes of content, a file with several names once. */
export function findWaste(layers: readonly Layer[]): Waste {
  const { contents, lost } = mergeLayers(layers, layers.length - 1);
  // What a layer writes twice it holds once.
  const [useless, overwritten] = [lost.filter(isBelow), lost.filter((one) => !isBelow(one))];
  const total = bytesOf(contents) - bytesOf(overwritten.map(({ content }) => content));
  const bytes = bytesOf(useless.map(({ content }) => content));
  const [held, blamed] = [layers.map(() => 0), layers.map(() => 0)];
  for (const { size, layer } of contents) held[layer]! += size;
  for (const { content, by } of overwritten) held[by]! -= content.size;
  for (const { content, by } of useless) blamed[by]! += content.size;
  return {
    paths: wastedPaths(useless, layers),
    held,
    blamed,
    total,
    reached: total - bytes,
    bytes,
    efficiency: total === 0 ? 1 : (total - bytes) / total,
  };
}

function isBelow({ content, by }: Lost): boolean {
  return content.layer < by;
}

function bytesOf(contents: readonly { size: number }[]): number {
  return contents.reduce((sum, { size }) => sum + size, 0);
}

function wastedPaths(useless: readonly Lost[], layers: readonly Layer[]): WastedPath[] {
  const written = new Map<number, ReadonlyMap<string, LayerEntry>>();
  const reasonOf = ({ content, by }: Lost): Reason => {
    const entries = written.get(by) ?? new Map(layers[by]!.entries.map((entry) => [entry.path, entry]));
    written.set(by, entries);
    return reason(content.entry, entries.get(content.entry.path));
  };
  const byPath = Map.groupBy(
    useless.filter(({ content }) => content.size > 0),
    ({ content }) => content.entry.path,
  );
  return [...byPath]
    .map(([path, ofPath]) => ({
      path,
      bytes: bytesOf(ofPath.map(({ content }) => content)),
      losses: ofPath.map((lost) => ({
        bytes: lost.content.size,
        layer: lost.content.layer,
        by: lost.by,
        reason: reasonOf(lost),
      })),
    }))
    .toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
}

function reason(old: LayerEntry, now: LayerEntry | undefined): Reason {
  if (now === undefined) return 'removed';
  const isSame = now.type === 'file' && now.size === old.size && now.content === old.content;
  if (!isSame || old.content === '') return 'rewritten';
  return now.mode === old.mode && now.uid === old.uid && now.gid === old.gid ? 'repeated' : 'attributes';
}
