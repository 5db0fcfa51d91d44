import { livingShell, scrollShell, shellPage } from './actions/terminal-actions.ts';
import { goBack, goTo, notice } from './actions/moving-actions.ts';
import { perform } from './actions/perform.ts';
import type { Intent } from './intents.ts';
import { actionFor } from './keymap.ts';
import { leaderKeys } from './leader-key.ts';
import { keyLabel } from './key-label.ts';
import type { State } from './state.ts';

/** A key while a shell has the focus. `raw` is what the terminal sent for it. */
export function pressInShell(state: State, key: string, raw: string): readonly Intent[] {
  const isLeader = leaderKeys(state).includes(key);
  if (state.shells.leader && isLeader) return [answered, ...type(state, raw, key)];
  if (state.shells.leader) return pressAfterLeader(state, key);
  if (isLeader) return [{ event: { type: 'leader-pressed' } }];
  if (state.shells.reading) return pressReading(state, key, raw);
  // An explanation lies over the last lines of the shell.
  if (key === 'esc' && state.learn.explained !== null) return goBack(state);
  return whileScrolled(state, key) ?? type(state, raw, key);
}

/** Reading on in a lesson goes on with the same key, without the leader; any other key types. */
function pressReading(state: State, key: string, raw: string): readonly Intent[] {
  const action = actionFor(state, key);
  if (action?.id === READ_ON) return perform(state, action);
  return [answered, ...type(state, raw, key)];
}

const READ_ON = 'lesson-go-on';

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
  if (action !== null) return [after(state, action.id), ...perform(state, action)];
  return [
    answered,
    notice(
      state,
      `${keyLabel(key)} means nothing here; ${keyLabel(leaderKeys(state)[0] ?? '')} ? shows what does.`,
    ),
  ];
}

/** In the middle of a line, a blank belongs to the line. */
function after({ focus, shells }: State, action: string): Intent {
  const reading = action === READ_ON && focus === 'terminal' && !shells.typing;
  return reading ? { event: { type: 'leader-answered', reading } } : answered;
}

/** Keys after which the prompt is empty. */
const ENDS_LINE: readonly string[] = ['enter', 'ctrl-c', 'ctrl-u'];

function type(state: State, raw: string, key: string): readonly Intent[] {
  const shell = livingShell(state);
  if (shell === null) return [];
  const typing = !ENDS_LINE.includes(key);
  const isNews = state.learn.lesson !== null && typing !== state.shells.typing;
  const news: readonly Intent[] = isNews ? [{ event: { type: 'line-typed', typing } }] : [];
  return [...news, { effect: { do: 'type', id: shell.id, raw } }];
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
