import { livingShell, scrollShell, shellPage } from './actions/terminal-actions.ts';
import { goBack, goTo, notice } from './actions/moving-actions.ts';
import { perform } from './actions/perform.ts';
import type { Intent } from './intents.ts';
import { ACTIONS, actionFor, keysOf } from './keymap.ts';
import { keyLabel } from './key-label.ts';
import type { State } from './state.ts';

/** Whether keys go to a shell now, but for the leader and the one after it. */
export function isInShell(state: State): boolean {
  return state.focus === 'terminal' && livingShell(state) !== null;
}

export function leaderKeys(state: State): readonly string[] {
  const leader = ACTIONS.find((a) => a.id === 'leader');
  return leader === undefined ? [] : keysOf(state, leader);
}

/** A key while a shell has the focus. `raw` is what the terminal sent for it. */
export function pressInShell(state: State, key: string, raw: string): readonly Intent[] {
  const isLeader = leaderKeys(state).includes(key);
  if (state.shells.leader && isLeader) return [answered, ...type(state, raw)];
  if (state.shells.leader) return pressAfterLeader(state, key);
  if (isLeader) return [{ event: { type: 'leader-pressed' } }];
  // An explanation lies over the last lines of the shell.
  if (key === 'esc' && state.learn.explained !== null) return goBack(state);
  return whileScrolled(state, key) ?? type(state, raw);
}

const answered: Intent = { event: { type: 'leader-answered' } };

/**
 * The leader, and the key after it, wherever the focus is: who presses both outside of a shell means the same, and must
 * not have the second one typed into a shell.
 */
export function pressAfterLeader(state: State, key: string): readonly Intent[] {
  const isLeader = leaderKeys(state).includes(key);
  if (!state.shells.leader) return isLeader ? [{ event: { type: 'leader-pressed' } }] : [];
  if (key === 'esc') return [answered];
  if (isLeader) return [answered, ...goTo(state, 'terminal')];
  const action = actionFor(state, key);
  if (action !== null) return [answered, ...perform(state, action)];
  return [
    answered,
    notice(
      state,
      `${keyLabel(key)} means nothing here; ${keyLabel(leaderKeys(state)[0] ?? '')} ? shows what does.`,
    ),
  ];
}

function type(state: State, raw: string): readonly Intent[] {
  const shell = livingShell(state);
  return shell === null ? [] : [{ effect: { do: 'type', id: shell.id, raw } }];
}

const SCROLLING: Readonly<Record<string, (page: number) => number>> = {
  up: () => 1,
  down: () => -1,
  pgup: (page) => page,
  pgdn: (page) => -page,
  home: () => Infinity,
  end: () => -Infinity,
  esc: () => -Infinity,
};

/** Looking back, keys that move about move the view; any other goes on typing at the end. */
function whileScrolled(state: State, key: string): readonly Intent[] | null {
  const by = SCROLLING[key];
  if (by === undefined || (livingShell(state)?.screen?.scrolledBack ?? 0) === 0) return null;
  return scrollShell(state, by(shellPage(state)));
}
