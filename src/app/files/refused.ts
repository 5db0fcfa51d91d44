import { EngineError } from '../../engine/errors.ts';
import { shownPath } from '../../model/shown-path.ts';

/** An archive that would write where nobody asked it to: nothing of it is kept. */
export function refused(name: string, why: string): EngineError {
  return new EngineError('rejected', `the archive was refused: “${shownPath(name)}” ${why}`, {
    advice: 'An archive of files does not do that by accident. Nothing was written.',
  });
}
