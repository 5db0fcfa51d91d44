import type { EngineFamily } from '../../engine/engine.ts';
import { quoteWord } from '../../engine/shell-words.ts';
import type { Source } from './files-effect.ts';
import { shownPath } from '../shown-path.ts';

/** Where a volume would be in the container that the line makes. */
const VOLUME_AT = '/volume';

/** The command line that a copy stands for; for images and volumes, one with a container made for it. */
export function copyOutLine(source: Source, target: string, tool: EngineFamily): string {
  // What the tilde means is for the shell to know.
  const typed = target.startsWith('~') ? target : quoteWord(target);
  // Podman follows links without being told to.
  const follow = source.isLink && tool === 'docker' ? ' -L' : '';
  return `${tool} cp${follow} ${reached(source, tool)} ${typed}`;
}

export function copyInLine(from: string, into: Source, tool: EngineFamily): string {
  const typed = from.startsWith('~') ? from : quoteWord(from);
  return `${tool} cp ${typed} ${reached(into, tool)}`;
}

function reached({ place, label, path }: Source, tool: EngineFamily): string {
  const shown = shownPath(path);
  switch (place.of) {
    case 'container':
      return quoteWord(`${label}:${shown}`);
    case 'image':
      return `$(${tool} create ${quoteWord(label)}):${quoteWord(shown)}`;
    case 'volume':
      return `$(${tool} create -v ${quoteWord(`${label}:${VOLUME_AT}`)} tiny:1):${quoteWord(VOLUME_AT + (shown === '/' ? '' : shown))}`;
  }
}
