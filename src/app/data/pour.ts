import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brokenOff } from '../../engine/connection-error.ts';
import { tapped } from '../../engine/data/tapped.ts';
import { EngineError } from '../../engine/errors.ts';

/** Lets an archive run into what takes it, and shows it to `look` on the way. What failed first is thrown. */
export async function pour(
  archive: Readable,
  look: (bytes: Buffer) => void,
  take: (archive: Readable) => Promise<void>,
): Promise<void> {
  const passing = tapped(look);
  const failures: unknown[] = [];
  const note = (error: unknown): void => void failures.push(error);
  const taken = take(passing).catch((error: unknown) => {
    note(error);
    passing.destroy();
  });
  await Promise.all([pipeline(archive, passing).catch(note), taken]);
  if (failures.length > 0) throw asEngineError(failures.find((e) => e instanceof EngineError) ?? failures[0]);
}

/** A stream of the engine that ends too early has an error of Node's. */
export function asEngineError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const isCut = code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'EPIPE';
  return isCut ? brokenOff(error) : error;
}
