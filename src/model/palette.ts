import { rankFuzzy } from './rank-fuzzy.ts';
import { ACTIONS, activeActions } from './keymap.ts';
import type { Action } from './actions/action.ts';
import type { State } from './state.ts';

/** What the palette lists: what can be done here first, then everything else, best match first. */
export function paletteActions(state: State, query: string): readonly Action[] {
  const here = activeActions(state);
  const all = [...here, ...ACTIONS.filter((a) => !here.includes(a))].filter((a) => !a.moves);
  if (query.trim() === '') return all;
  return rankFuzzy(query, all, (a) => `${a.title} ${a.id}`).map((found) => found.item);
}
