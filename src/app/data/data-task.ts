import type { Engine } from '../../engine/engine.ts';
import type { Progress } from '../../engine/commands.ts';
import type { ProgramStore } from '../program-store.ts';

export type DataTask = { engine: Engine; store: ProgramStore; signal: AbortSignal };

/** Bytes that have gone by, told as they go. */
export function byteCounter(
  total: number | null,
  onProgress: (progress: Progress) => void,
): (bytes: Buffer) => void {
  let current = 0;
  return (bytes) => {
    current += bytes.length;
    onProgress({ id: 'copied', text: 'copied', current, total });
  };
}
