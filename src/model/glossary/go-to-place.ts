import type { Kind } from '../../engine/objects.ts';
import { goTo } from '../actions/moving-actions.ts';
import { perform } from '../actions/perform.ts';
import type { Intent } from '../intents.ts';
import { ACTIONS } from '../keymap.ts';
import { tabsOf } from '../select-subjects.ts';
import type { State } from '../state.ts';

const LISTS: Readonly<Record<string, Kind>> = {
  containers: 'container',
  images: 'image',
  volumes: 'volume',
  networks: 'network',
};

/** Goes to where the screen shows the thing: `containers/mounts`, `wire`, or what an action of that name opens. */
export function goToPlace(state: State, look: string): readonly Intent[] {
  const [place = '', wanted] = look.split('/');
  if (place === 'wire') return goTo(state, 'wire');
  const kind = LISTS[place];
  if (kind === undefined) {
    const action = ACTIONS.find(({ id }) => id === place);
    return action === undefined ? [] : perform(state, action);
  }
  const tab = tabsOf(kind).find((known) => known === wanted);
  const list: Intent = { event: { type: 'focus-moved', to: kind } };
  if (tab === undefined) return [list];
  return [list, { event: { type: 'tab-chosen', tab } }, { event: { type: 'focus-moved', to: 'details' } }];
}
