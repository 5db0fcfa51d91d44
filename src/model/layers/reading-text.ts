import { humanSize } from '../../engine/human-size.ts';
import type { OpenLayers } from './layers-state.ts';

/** Images up to this size are read without being asked, in bytes. */
export const READ_UNASKED = 500_000_000;

/** Bytes in a second that engines give of an image: 40–150 MB were measured on one disk, from the first byte asked to the last. */
const BYTES_A_SECOND = 80_000_000;

/** How far it is with reading, or what reading would take. */
export function readingText({ reading, outline }: OpenLayers): string {
  const total = outline?.steps.reduce((sum, { size }) => sum + size, 0) ?? 0;
  switch (reading.phase) {
    case 'unread':
      return `Reading ${humanSize(total)} takes about ${seconds(total)}: Enter reads it`;
    case 'asked':
      return 'Reading … · x stops';
    case 'under-way':
      return `Reading ${progressText(reading.progress)} · x stops`;
    case 'failed':
      return `Not read: Enter tries again`;
    case 'read':
      return `${reading.image.layers.length} layer${reading.image.layers.length === 1 ? '' : 's'}, ${humanSize(total)} · Enter files · w waste`;
  }
}

function progressText(progress: { read: number; total: number | null } | null): string {
  // Engines write the whole archive to their own disk before they send its first byte.
  if (progress === null) return '…';
  const of = progress.total === null ? '' : ` of about ${humanSize(progress.total)}`;
  return humanSize(progress.read) + of;
}

function seconds(bytes: number): string {
  const estimate = Math.max(1, Math.round(bytes / BYTES_A_SECOND));
  return estimate < 90 ? `${estimate} s` : `${Math.round(estimate / 60)} min`;
}
