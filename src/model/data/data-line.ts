import { quoteWords } from '../../engine/shell-words.ts';
import type { DataEffect } from './data-effect.ts';

/** Any image with `tar` would do. */
const IMAGE = 'tiny:1';

/** The line that does the same by hand; Slipway looks through the archive and writes a checksum besides. */
export function dataLine(effect: DataEffect, tool: 'docker' | 'podman'): string {
  switch (effect.do) {
    case 'back-up-volume':
      return `${reading(tool, effect.volume)} > ${quoteWords([effect.file])}`;
    case 'restore-volume':
      return `${writing([tool], effect.volume)} < ${quoteWords([effect.file])}`;
    case 'copy-volume': {
      const other = effect.host === '' ? [tool] : ['docker', '-H', effect.host];
      return `${reading(tool, effect.from)} | ${writing(other, effect.to)}`;
    }
  }
}

function reading(tool: string, volume: string): string {
  return quoteWords([tool, 'run', '--rm', '-v', `${volume}:/v:ro`, IMAGE, 'tar', '-cC', '/v', '.']);
}

function writing(tool: readonly string[], volume: string): string {
  return quoteWords([...tool, 'run', '--rm', '-i', '-v', `${volume}:/v`, IMAGE, 'tar', '-xpC', '/v']);
}
