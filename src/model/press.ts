import { pressConnect } from './connect-keys.ts';
import { isConnecting } from './is-connecting.ts';
import type { Intent } from './intents.ts';
import { actionFor } from './keymap.ts';
import { perform } from './actions/perform.ts';
import { pasteIntoOverlay, pressOverlay } from './overlay-keys.ts';
import type { State } from './state.ts';

/**
 * What a key leads to. `key` is the character itself or a name such as `enter`, `ctrl-c`, `f1`. The state is the
 * store's newest, not the last one drawn: two keys may arrive within one frame.
 */
export function press(state: State, key: string): readonly Intent[] {
  const overlay = state.overlays.at(-1);
  if (overlay !== undefined && overlay.kind !== 'engines') return pressOverlay(state, overlay, key);
  if (isConnecting(state)) return pressConnect(state, key);
  const action = actionFor(state, key);
  return action === null ? [] : perform(state, action);
}

export function paste(state: State, text: string): readonly Intent[] {
  const overlay = state.overlays.at(-1);
  return overlay === undefined ? [] : pasteIntoOverlay(state, overlay, text);
}
