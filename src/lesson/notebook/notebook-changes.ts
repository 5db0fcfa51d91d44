import { KINDS, type Kind } from '../../engine/objects.ts';
import { codeSpan } from './notebook-text.ts';

/** Names of what the learner has made, and of what of it was removed at the end. */
export type Changes = { made: Things; cleanedUp: Things };
export type Things = Readonly<Record<Kind, readonly string[]>>;

/** Names given of a kind; of more, how many. */
const NAMES = 12;

/** Markdown of what the lesson has made, removed again and left. */
export function changesPart({ made, cleanedUp }: Changes): string[] {
  const left = mapKinds((kind) => made[kind].filter((name) => !cleanedUp[kind].includes(name)));
  const lines = [
    said('You made', made) || '- You made nothing that stayed.',
    said('Cleaned up', cleanedUp),
    said('Still there', left),
  ];
  return ['## What changed on the engine', lines.filter((line) => line !== '').join('\n')];
}

function mapKinds(of: (kind: Kind) => readonly string[]): Things {
  return { container: of('container'), image: of('image'), volume: of('volume'), network: of('network') };
}

function said(what: string, things: Things): string {
  const kinds = KINDS.filter((kind) => things[kind].length > 0).map((kind) => counted(kind, things[kind]));
  return kinds.length === 0 ? '' : `- ${what}: ${kinds.join(', ')}`;
}

function counted(kind: Kind, names: readonly string[]): string {
  const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : '';
  const shown = names.slice(0, NAMES).map(codeSpan).join(', ');
  return `${names.length} ${kind}${names.length === 1 ? '' : 's'} (${shown}${more})`;
}
