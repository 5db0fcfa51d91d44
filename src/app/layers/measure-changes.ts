import type { Engine, PathChange } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { keptChanges, type PathSize } from '../../model/layers/live-changes.ts';

/** Paths asked for at one look: new ones, and of the others; 64 take 0.2 s on a busy machine. */
const NEW_AT_A_LOOK = 64;
const AGAIN_AT_A_LOOK = 16;
const SIDE_BY_SIDE = 8;

export type Measuring = {
  sizes: ReadonlyMap<string, PathSize>;
  measure(changes: readonly PathChange[], signal: AbortSignal): Promise<void>;
};

/** Asks how large changed files are: those first that were never asked for, then the rest in turn, as they may have grown. */
export function createMeasuring(engine: Engine, container: string): Measuring {
  const sizes = new Map<string, PathSize>();
  const askedAt = new Map<string, number>();
  let look = 0;

  const ask = async (path: string, signal: AbortSignal): Promise<void> => {
    askedAt.set(path, look);
    try {
      const stat = await engine.statPath(container, path, { signal });
      if (stat === null) sizes.delete(path);
      else sizes.set(path, { isFolder: stat.type === 'folder', size: stat.size });
    } catch (error) {
      // It stays without a size; whether the engine is there is told by those who follow it.
      if (!(error instanceof EngineError)) throw error;
    }
  };

  const forget = (but: ReadonlySet<string>): void => {
    for (const path of askedAt.keys()) {
      if (but.has(path)) continue;
      askedAt.delete(path);
      sizes.delete(path);
    }
  };

  return {
    sizes,
    async measure(changes, signal) {
      look += 1;
      const there = keptChanges(changes).filter(({ kind }) => kind !== 'deleted');
      const paths = new Set(there.map(({ path }) => path));
      forget(paths);
      const fresh = [...paths].filter((path) => !askedAt.has(path)).slice(0, NEW_AT_A_LOOK);
      const again = [...askedAt.keys()]
        .filter((path) => sizes.get(path)?.isFolder !== true)
        .toSorted((a, b) => askedAt.get(a)! - askedAt.get(b)!)
        .slice(0, AGAIN_AT_A_LOOK);
      const queue = [...fresh, ...again].values();
      const worker = async (): Promise<void> => {
        for (const path of queue) if (!signal.aborted) await ask(path, signal);
      };
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
    },
  };
}
