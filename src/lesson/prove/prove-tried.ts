import { EngineError } from '../../engine/errors.ts';
import { part } from './prove-details.ts';
import type { ProofPart } from './prove-text.ts';

/** Null where it failed, which is then a part of the proof. A signal is thrown on. */
export async function tried<T>(
  what: string,
  parts: ProofPart[],
  signal: AbortSignal | null,
  task: () => Promise<T>,
): Promise<T | null> {
  try {
    return await task();
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Error)) throw error;
    const advice = error instanceof EngineError && error.advice !== '' ? [error.advice] : [];
    parts.push(part(what, [error.message, ...advice]));
    return null;
  }
}
