import type { Progress } from '../engine/commands.ts';

/** Tells how far a copy is, from the bytes that went by. */
export function byteCounter(
  total: number | null,
  onProgress: (progress: Progress) => void,
): (bytes: number) => void {
  let current = 0;
  return (bytes) => {
    current += bytes;
    onProgress({ id: 'copied', text: '', current, total });
  };
}
