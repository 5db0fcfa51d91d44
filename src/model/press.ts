import { pressConnect } from './connect-keys.ts';
import { isInShell, leaderKeys } from './leader-key.ts';
import { pressAfterLeader, pressInShell } from './press-shell.ts';
import { livingShell } from './actions/terminal-actions.ts';
import { isConnecting } from './is-connecting.ts';
import type { Intent } from './intents.ts';
import { actionFor } from './keymap.ts';
import { perform } from './actions/perform.ts';
import { pasteIntoOverlay, pressOverlay } from './overlay-keys.ts';
import type { State } from './state.ts';

/**
 * What a key leads to. `key` is the character itself or a name such as `enter`, `ctrl-c`, `f1`. The state is the
 * store's newest, not the last one drawn: two keys may arrive within one frame.
 * `raw` is what the terminal sent for it: what a shell gets.
 */
export function press(state: State, key: string, raw = key): readonly Intent[] {
  const overlay = state.overlays.at(-1);
  if (overlay !== undefined && overlay.kind !== 'engines') return pressOverlay(state, overlay, key);
  if (isConnecting(state)) return pressConnect(state, key);
  if (isInShell(state)) return pressInShell(state, key, raw);
  if (state.shells.leader || leaderKeys(state).includes(key)) return pressAfterLeader(state, key);
  const action = actionFor(state, key);
  return action === null ? [] : perform(state, action);
}

export function paste(state: State, text: string): readonly Intent[] {
  const overlay = state.overlays.at(-1);
  if (overlay !== undefined) return pasteIntoOverlay(state, overlay, text);
  const shell = isInShell(state) ? livingShell(state) : null;
  if (shell === null) return [];
  const pasted = state.learn.lesson === null ? text : withoutPrompts(text);
  const typed: readonly Intent[] =
    state.learn.lesson === null ? [] : [{ event: { type: 'line-typed', typing: true } }];
  return [...typed, { effect: { do: 'paste-into-shell', id: shell.id, text: pasted } }];
}

/** Lessons write commands with a prompt before them, which people copy along. */
function withoutPrompts(text: string): string {
  return text.replace(/^[ \t]*\$ /gm, '');
}
