import type { ContainerData } from '../../engine/data/container-data.ts';
import type { SizedLayer } from '../../engine/data/layer-sizes.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { selectMountsSubject, selectSurvey } from '../../model/data/select-data.ts';
import { selectUsedBy } from '../../model/select-usage.ts';
import { keepInStep, SETTLE } from '../keep-in-step.ts';
import type { ProgramStore } from '../program-store.ts';

/** Asked at a time; what is found reaches the screen together. */
const SIDE_BY_SIDE = 4;

/** Asks where data lives, once, while the Mounts tab, the places or the disk usage are in view. */
export function followData(
  engine: Engine,
  store: ProgramStore,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): void {
  const options = { signal, onError, settle: SETTLE };
  keepInStep(store, selectMountsSubject, (key, s) => readSubject(engine, store, key, s), options);
  keepInStep(store, selectSurvey, (_, s) => survey(engine, store, s), { signal, onError });
}

async function readSubject(
  engine: Engine,
  store: ProgramStore,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const [kind = '', id = ''] = key.split(' ');
  try {
    await (kind === 'volume'
      ? readVolume(engine, store, id, signal)
      : readContainer(engine, store, id, signal));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (!signal.aborted) store.dispatch({ type: 'data-failed', of: `${kind} ${id}`, why: error.message });
  }
}

/** First where its data is, which is quick, then how much it has written. */
async function readContainer(
  engine: Engine,
  store: ProgramStore,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  for (const measure of [false, true]) {
    const container = await engine.data.containerData(id, { measure, signal });
    if (!signal.aborted) store.dispatch({ type: 'container-data-read', containers: [container] });
  }
}

async function readVolume(
  engine: Engine,
  store: ProgramStore,
  volume: string,
  signal: AbortSignal,
): Promise<void> {
  const options = await engine.data.volumeOptions(volume, { signal });
  if (!signal.aborted) store.dispatch({ type: 'volume-options-read', volume, options });
  const users = selectUsedBy(store.getState()).volumes.get(volume) ?? [];
  await readContainers(
    engine,
    store,
    users.map((c) => c.id),
    signal,
  );
}

async function survey(engine: Engine, store: ProgramStore, signal: AbortSignal): Promise<void> {
  store.dispatch({ type: 'survey-begun' });
  const { container, image } = store.getState().objects;
  let why = '';
  try {
    await Promise.all([
      readUsage(engine, store, signal),
      readContainers(engine, store, [...(container.items?.keys() ?? [])], signal),
      readLayers(engine, store, [...(image.items?.keys() ?? [])], signal),
    ]);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    why = error.message;
  }
  if (!signal.aborted) store.dispatch({ type: 'survey-ended', why });
}

async function readUsage(engine: Engine, store: ProgramStore, signal: AbortSignal): Promise<void> {
  const usage = await engine.data.diskUsage({ signal });
  if (signal.aborted) return;
  store.dispatch({ type: 'survey-read', part: { usage } });
  const sizes = usage.volumes.flatMap(({ name, size }): [string, number][] =>
    size === null ? [] : [[name, size]],
  );
  store.dispatch({ type: 'volumes-measured', sizes: new Map(sizes) });
}

async function readContainers(
  engine: Engine,
  store: ProgramStore,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const containers: ContainerData[] = [];
  await each(ids, signal, async (id) => {
    const container = await unlessGone(engine.data.containerData(id, { signal }));
    if (container !== null) containers.push(container);
  });
  if (!signal.aborted && containers.length > 0) store.dispatch({ type: 'container-data-read', containers });
}

async function readLayers(
  engine: Engine,
  store: ProgramStore,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const layers = new Map<string, readonly SizedLayer[] | null>();
  await each(ids, signal, async (id) => {
    layers.set(id, await unlessGone(engine.data.layerSizes(id, { signal })));
  });
  if (!signal.aborted) store.dispatch({ type: 'survey-read', part: { layers } });
}

async function each(
  ids: readonly string[],
  signal: AbortSignal,
  ask: (id: string) => Promise<void>,
): Promise<void> {
  const queue = ids.values();
  const worker = async (): Promise<void> => {
    for (const id of queue) if (!signal.aborted) await ask(id);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

/** Null for what has been removed since the list was read. */
async function unlessGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return null;
    throw error;
  }
}
