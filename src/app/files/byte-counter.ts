import type { Progress } from '../../engine/commands.ts';
import { humanSize } from '../../engine/human-size.ts';

/** Tells how far a copy is, from the bytes that went by. */
export function byteCounter(
  total: number | null,
  onProgress: (progress: Progress) => void,
): (bytes: number) => void {
  let current = 0;
  return (bytes) => {
    current += bytes;
    onProgress({ id: 'copied', text: total === null ? humanSize(current) : 'copied', current, total });
  };
}
