import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { placeOf } from '../../model/files/files-state.ts';
import type { ProgramStore } from '../program-store.ts';

/**
 * Reads a folder for the Files tab, with all that is below it.
 * @param key of `selectFolderSubject`
 */
export async function readFolder(
  engine: Engine,
  store: ProgramStore,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const [of = '', , ...rest] = key.split('\n');
  // A name may have line ends in it.
  const path = rest.join('\n');
  // A place that is new is opened first, which asks for its root anew.
  if (store.getState().files.of !== of) return store.dispatch({ type: 'files-opened', of });
  store.dispatch({ type: 'folder-progressed', of, reading: { path, entries: 0, bytes: 0, listed: [] } });
  try {
    const tree = await engine.files.list(placeOf(of), path, {
      signal,
      onProgress: (progress) => {
        if (!signal.aborted)
          store.dispatch({ type: 'folder-progressed', of, reading: { path, ...progress } });
      },
    });
    if (!signal.aborted) store.dispatch({ type: 'folder-read', of, path, tree });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (!signal.aborted)
      store.dispatch({ type: 'folder-failed', of, path, why: error.message, advice: error.advice });
  }
}
