import type { PruneTarget } from '../../engine/commands.ts';
import { cancelOption, type Choice, type ChoiceOption } from '../overlays.ts';
import { pruneCommands, wouldPrune } from '../prune.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { askChoice, commandOption } from './open-overlay.ts';

type Variant = { label: string; what: PruneTarget; all: boolean };

/** Names that are listed before the rest is counted. */
const NAMES_SHOWN = 6;

function variants(state: State): readonly Variant[] {
  switch (state.subject) {
    case 'container':
      return [{ label: 'Remove all stopped containers', what: 'container', all: false }];
    case 'image':
      return [
        { label: 'Remove images without a name', what: 'image', all: false },
        { label: 'Remove all images that no container uses', what: 'image', all: true },
        ...(state.engine?.family === 'podman'
          ? []
          : [{ label: 'Remove the build cache', what: 'build-cache', all: false } as const]),
      ];
    case 'volume':
      return [
        { label: 'Remove volumes without a name that no container uses', what: 'volume', all: false },
        { label: 'Remove all volumes that no container uses', what: 'volume', all: true },
      ];
    case 'network':
      return [{ label: 'Remove all networks that no container uses', what: 'network', all: false }];
  }
}

function pruneChoice(state: State): Choice {
  const body: string[] = [];
  const options: ChoiceOption[] = [cancelOption()];
  for (const { label, what, all } of variants(state)) {
    const names = wouldPrune(state, what, all);
    if (what !== 'build-cache') body.push(`${label}: ${names.length === 0 ? 'nothing' : ''}`);
    for (const name of names.slice(0, NAMES_SHOWN)) body.push(`  ${name}`);
    if (names.length > NAMES_SHOWN) body.push(`  … and ${names.length - NAMES_SHOWN} more`);
    if (names.length === 0 && what !== 'build-cache') continue;
    options.push(commandOption(state, label, pruneCommands(state, what, all)));
  }
  return { title: 'Clean up', body, options };
}

export const PRUNE_ACTION: Action = {
  id: 'prune',
  title: 'Clean up what is not used',
  keys: ['X'],
  scope: 'lists',
  perform: (state) => askChoice(pruneChoice(state)),
};
