import type { Kind } from '../../engine/objects.ts';
import { humanSize } from '../../engine/human-size.ts';
import { cleanUpsOf, wouldFree, type CleanUp } from '../data/clean-ups.ts';
import { cancelOption, type Choice, type ChoiceOption } from '../overlays.ts';
import { pruneCommands, wouldPrune } from '../prune.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { askChoice, commandOption } from './open-overlay.ts';

/** Names that are listed before the rest is counted. */
const NAMES_SHOWN = 6;

const LOST: Readonly<Partial<Record<CleanUp['what'], string>>> = {
  container: 'What they have written inside goes with them, and their logs. Volumes stay.',
  volume: 'The data in volumes is gone for good.',
};

/** The question before clean-ups: what each would remove, and what it would give back. */
export function pruneChoice(state: State, cleanUps: readonly CleanUp[]): Choice {
  const body: string[] = [];
  const options: ChoiceOption[] = [cancelOption()];
  for (const cleanUp of cleanUps) {
    const { label, what, all } = cleanUp;
    const names = wouldPrune(state, what, all);
    const isNothing = names.length === 0 && what !== 'build-cache';
    const gain = isNothing ? '' : freedAmount(state, cleanUp);
    const said = isNothing ? 'nothing' : gain === '' ? '' : `gives back ${gain}`;
    if (what !== 'build-cache' || gain !== '') body.push(`${label}: ${said}`);
    for (const name of names.slice(0, NAMES_SHOWN)) body.push(`  ${name}`);
    if (names.length > NAMES_SHOWN) body.push(`  … and ${names.length - NAMES_SHOWN} more`);
    if (!isNothing) options.push(commandOption(state, label, pruneCommands(state, what, all)));
  }
  const lost = LOST[cleanUps[0]?.what ?? 'network'];
  if (lost !== undefined && options.length > 1) body.push('', lost);
  return { title: 'Clean up', body, options };
}

/** What a clean-up would give back, as “at least 12 MB”; empty while that is not known. */
export function freedAmount(state: Pick<State, 'objects' | 'data' | 'engine'>, cleanUp: CleanUp): string {
  const freed = wouldFree(state, cleanUp);
  if (freed === null || cleanUp.what === 'network') return '';
  return `${freed.how === 'exactly' ? '' : `${freed.how} `}${humanSize(freed.bytes)}`;
}

const cleanUps = (state: State, kind: Kind): readonly CleanUp[] =>
  cleanUpsOf(kind, state.engine?.family ?? 'docker');

export const PRUNE_ACTION: Action = {
  id: 'prune',
  title: 'Clean up what is not used',
  keys: ['X'],
  scope: 'lists',
  perform: (state) => askChoice(pruneChoice(state, cleanUps(state, state.subject))),
};
