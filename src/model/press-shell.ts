import { livingShell, scrollShell, shellPage } from './actions/terminal-actions.ts';
import { notice } from './actions/moving-actions.ts';
import { perform } from './actions/perform.ts';
import type { Intent } from './intents.ts';
import { ACTIONS, actionFor, keyLabel, keysOf } from './keymap.ts';
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
  if (state.shells.leader)
    return [{ event: { type: 'leader-answered' } }, ...afterLeader(state, key, raw, isLeader)];
  if (isLeader) return [{ event: { type: 'leader-pressed' } }];
  return whileScrolled(state, key) ?? type(state, raw);
}

function afterLeader(state: State, key: string, raw: string, isLeader: boolean): readonly Intent[] {
  if (isLeader) return type(state, raw);
  if (key === 'esc') return [];
  const action = actionFor(state, key);
  if (action !== null) return perform(state, action);
  return [
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
