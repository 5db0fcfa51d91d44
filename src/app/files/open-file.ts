import type { FoundFile } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { filePage, PAGE_BYTES } from '../../model/file-page.ts';
import type { Source } from '../../model/files/files-effect.ts';
import { openFolder } from '../../model/files/files-actions.ts';
import { shownPath } from '../../model/shown-path.ts';
import { say } from '../say.ts';
import type { OnEngine } from '../on-engine.ts';

/** A helper container for an image may take a second. */
const SAY_AFTER = 400;

/** Shows a file, or opens the folder that a link leads to. */
export async function openFile({ engine, store, signal }: OnEngine, source: Source): Promise<void> {
  const { place, path } = source;
  const slow = setTimeout(() => say(store, 'plain', `Reading ${shownPath(path)} …`), SAY_AFTER);
  try {
    show(await engine.files.read(place, path, { limit: PAGE_BYTES, signal }));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (!signal.aborted) say(store, 'bad', error.message, error.advice);
  } finally {
    clearTimeout(slow);
  }

  function show(found: FoundFile | null): void {
    if (signal.aborted) return;
    const shown = shownPath(path);
    if (found === null)
      return say(store, 'bad', source.isLink ? `${shown} leads to nothing` : `${shown} is gone`);
    if (found.kind === 'folder') return store.dispatch(openFolder(path).event);
    if (found.kind !== 'file') return say(store, 'bad', `${shown} is neither a file nor a folder`);
    const page = filePage(`${source.label}:${shown}`, found, source.size);
    store.dispatch({ type: 'overlay-opened', overlay: { kind: 'page', page, scroll: 0 } });
  }
}
