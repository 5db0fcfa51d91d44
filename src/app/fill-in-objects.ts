import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { selectUncountedImages, selectVolumesToMeasure } from '../model/select-unknown.ts';
import { keepInStep } from './keep-in-step.ts';
import type { ProgramStore } from './program-store.ts';

/** Images are asked for their layers one by one; what is found reaches the screen this many at a time. */
const TOLD_TOGETHER = 20;

/** Asks, once and behind the lists, for what a list does not tell: layers of images, sizes of volumes. */
export function fillInObjects(
  engine: Engine,
  store: ProgramStore,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): void {
  const options = { signal, onError, settle: 50 };
  keepInStep(
    store,
    selectUncountedImages,
    (ids, s) => countLayers(engine, store, ids.split(' '), s),
    options,
  );
  keepInStep(store, selectVolumesToMeasure, (_, s) => measureVolumes(engine, store, s), options);
}

async function countLayers(
  engine: Engine,
  store: ProgramStore,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  let counts = new Map<string, number>();
  const tell = (): void => {
    if (counts.size > 0) store.dispatch({ type: 'layers-counted', counts });
    counts = new Map();
  };
  for (const id of ids) {
    if (signal.aborted) break;
    const count = await countOf(engine, id);
    if (count !== null) counts.set(id, count);
    if (counts.size === TOLD_TOGETHER) tell();
  }
  tell();
}

/** Null for an image that has gone meanwhile. */
async function countOf(engine: Engine, id: string): Promise<number | null> {
  try {
    return await engine.countLayers(id);
  } catch (error) {
    if (error instanceof EngineError) return null;
    throw error;
  }
}

async function measureVolumes(engine: Engine, store: ProgramStore, signal: AbortSignal): Promise<void> {
  try {
    store.dispatch({ type: 'volumes-measured', sizes: await engine.volumeSizes({ signal }) });
  } catch (error) {
    // Sizes stay blank where the engine cannot tell them in time.
    if (!(error instanceof EngineError)) throw error;
  }
}
