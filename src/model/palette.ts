import type { Action } from './actions/action.ts';
import { ACTIONS, activeActions } from './keymap.ts';
import { rankFuzzy } from './rank-fuzzy.ts';
import type { State } from './state.ts';

/**
 * What the palette lists: what can be done here first, then everything else. Titles with a word that begins as the
 * query does come before those that contain it; single letters here and there count only where nothing else is found.
 */
export function paletteActions(state: State, query: string): readonly Action[] {
  const here = activeActions(state);
  const all = [...here, ...ACTIONS.filter((a) => !here.includes(a))].filter((a) => !a.moves);
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return all;
  const begins = all.filter((a) =>
    titleOf(a).some((_, i, words) => words.slice(i).join(' ').startsWith(wanted)),
  );
  const contains = all.filter((a) => !begins.includes(a) && a.title.toLowerCase().includes(wanted));
  const near = [...begins, ...contains];
  return near.length > 0 ? near : rankFuzzy(query, all, (a) => a.title).map((found) => found.item);
}

function titleOf(action: Action): readonly string[] {
  return action.title.toLowerCase().split(' ');
}
