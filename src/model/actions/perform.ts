import type { Intent } from '../intents.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { notice } from './moving-actions.ts';

/** Does an action, or says why it cannot be done now. */
export function perform(state: State, action: Action): readonly Intent[] {
  const why = action.unavailable?.(state) ?? '';
  return why === '' ? action.perform(state) : [notice(state, why)];
}
