import { EngineError } from '../errors.ts';

/** An archive that cannot be read. What was read before it is not to be used either: it may be half of something. */
export function tarError(what: string, cause?: unknown): EngineError {
  return new EngineError('protocol', `the archive cannot be read: ${what}`, { cause });
}
