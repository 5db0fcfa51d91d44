import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { readCatalogue } from '../../engine/registry-catalogue.ts';
import { selectCatalogue, selectSandboxRegistry } from '../../model/registry/select-registry.ts';
import { imageNames } from '../../model/rows.ts';
import { followSandboxRegistry } from '../../sandbox/follow-registry.ts';
import { placesOf } from '../../sandbox/places.ts';
import { SandboxError } from '../../sandbox/sandbox-error.ts';
import { keepInStep, SETTLE } from '../keep-in-step.ts';
import type { ProgramStore } from '../program-store.ts';
import { wait } from '../wait.ts';

/** A registry that has died tells nobody: it is asked again so often while it is in view, in milliseconds. */
const ASK_EVERY = 3_000;
/** After a reset the sandbox's registry is opened again. */
const OPEN_AGAIN = 1_000;
/** Images that are asked for their digests at a time. */
const SIDE_BY_SIDE = 4;

/** Keeps the page of the registry true while it is open. */
export function followRegistry(
  engine: Engine,
  store: ProgramStore,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): void {
  keepInStep(store, selectSandboxRegistry, (_, s) => joinSandbox(engine, store, s), { signal, onError });
  const options = { signal, onError, settle: SETTLE };
  keepInStep(store, selectCatalogue, (_, s) => readAgainAndAgain(engine, store, s), options);
}

/** The registry of the sandbox, for as long as the page is open. */
async function joinSandbox(engine: Engine, store: ProgramStore, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const lost = Promise.withResolvers<void>();
    try {
      const { address, close } = await followSandboxRegistry({
        onEvent: () => store.dispatch({ type: 'registry-used' }),
        onLost: lost.resolve,
        places: placesOf(engine.family),
      });
      signal.addEventListener('abort', () => lost.resolve(), { once: true });
      if (signal.aborted) return close();
      store.dispatch({ type: 'registry-opened', address, whose: 'sandbox' });
      await lost.promise;
      close();
      if (signal.aborted) return leave(store);
      store.dispatch({ type: 'registry-lost', why: 'the sandbox has closed it' });
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      if (!signal.aborted) store.dispatch({ type: 'registry-lost', why: error.message });
    }
    await wait(OPEN_AGAIN, signal);
  }
}

/** A lesson's own may have taken its place. */
function leave(store: ProgramStore): void {
  if (store.getState().registry.whose === 'sandbox') store.dispatch({ type: 'registry-closed' });
}

async function readAgainAndAgain(engine: Engine, store: ProgramStore, signal: AbortSignal): Promise<void> {
  const { address } = store.getState().registry;
  while (!signal.aborted) {
    try {
      const tags = await readCatalogue(address, signal);
      const here = (await digestsHere(engine, store, signal)) ?? store.getState().registry.here;
      if (!signal.aborted) store.dispatch({ type: 'registry-read', tags, here });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (!signal.aborted) store.dispatch({ type: 'registry-lost', why: error.message });
    }
    await wait(ASK_EVERY, signal);
  }
}

/** Names of local images by their digests; null where the engine does not answer, which its own screen tells. */
async function digestsHere(
  engine: Engine,
  store: ProgramStore,
  signal: AbortSignal,
): Promise<Map<string, readonly string[]> | null> {
  const found = new Map<string, readonly string[]>();
  const items = [...(store.getState().objects.image.items?.values() ?? [])];
  const queue = items.filter((item) => item.kind === 'image').values();
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      const digests = await digestsOf(engine, item.id, signal);
      for (const digest of digests) found.set(digest, [...(found.get(digest) ?? []), ...imageNames(item)]);
    }
  };
  try {
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
    return found;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return null;
  }
}

/** One image has the same digest under several names. None for one that has been removed meanwhile. */
async function digestsOf(engine: Engine, id: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  try {
    const { digests } = await engine.imageDetails(id, { signal });
    return new Set(digests.map((each) => each.slice(each.lastIndexOf('@') + 1)));
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return new Set();
    throw error;
  }
}
