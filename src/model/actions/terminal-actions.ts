import type { Effect, Intent } from '../intents.ts';
import { LEADER_KEYS } from '../leader-key.ts';
import { cancelOption } from '../overlays.ts';
import { oneLine } from '../one-line.ts';
import { activeShell, type ShellTab } from '../shells.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { askChoice } from './open-overlay.ts';

/** The shell in view that can take keys; null where it has ended, or there is none. */
export function livingShell(state: State): ShellTab | null {
  const shell = activeShell(state);
  return shell === null || shell.ended !== null ? null : shell;
}

function changeShell(state: State, by: number): readonly Intent[] {
  const { tabs, active } = state.shells;
  const at = tabs.findIndex((t) => t.id === active);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  return next === undefined ? [] : [{ event: { type: 'shell-chosen', id: next.id } }];
}

/** Up is positive; Infinity is the oldest line, -Infinity the newest. */
export function scrollShell(state: State, by: number): readonly Intent[] {
  const shell = activeShell(state);
  return shell === null ? [] : [{ effect: { do: 'scroll-shell', id: shell.id, by } }];
}

export function shellPage(state: State): number {
  return Math.max(1, (activeShell(state)?.screen?.rows.length ?? 2) - 1);
}

/** Closes at once what is at its prompt; asks when something still runs. */
function closeShell(state: State): readonly Intent[] {
  const shell = activeShell(state);
  if (shell === null) return [];
  const effect: Effect = { do: 'close-shell', id: shell.id };
  const running = shell.ended === null ? (shell.screen?.running ?? '') : '';
  if (running === '') return [{ effect }];
  return askChoice({
    title: `Close ${shell.label}?`,
    body: ['Still running in it, and ended with it:', `  ${oneLine(running)}`],
    options: [cancelOption(), { label: 'Close it', line: '', outcome: { effect } }],
  });
}

const none = (state: State): string => (state.shells.tabs.length === 0 ? 'No shell is open.' : '');

/** What keys do in the terminal after the leader key, or at once where no shell can take them. */
export const TERMINAL_ACTIONS: readonly Action[] = [
  {
    id: 'leader',
    title: 'Then a key of Slipway (twice: to the shell)',
    keys: LEADER_KEYS,
    scope: 'terminal',
    moves: true,
    // The press that comes before it, and a second one, are told apart in `press-shell.ts`.
    perform: () => [],
  },
  {
    id: 'new-shell',
    title: 'Open another shell',
    short: 'new shell',
    keys: ['n', 'enter'],
    scope: 'terminal',
    perform: openAnother,
  },
  {
    id: 'next-shell',
    title: 'Next shell',
    short: 'next',
    keys: ['right', ']'],
    scope: 'terminal',
    unavailable: none,
    perform: (state) => changeShell(state, 1),
  },
  {
    id: 'previous-shell',
    title: 'Previous shell',
    keys: ['left', '['],
    scope: 'terminal',
    unavailable: none,
    perform: (state) => changeShell(state, -1),
  },
  {
    id: 'scroll-up',
    title: 'Scroll back (then arrows, too; Esc ends it)',
    short: 'scroll',
    keys: ['pgup', 'up'],
    scope: 'terminal',
    unavailable: none,
    perform: (state) => scrollShell(state, shellPage(state)),
  },
  {
    id: 'scroll-down',
    title: 'Scroll forward',
    keys: ['pgdn', 'down'],
    scope: 'terminal',
    unavailable: none,
    perform: (state) => scrollShell(state, -shellPage(state)),
  },
  {
    id: 'close-shell',
    title: 'Close this shell',
    short: 'close',
    keys: ['x'],
    scope: 'terminal',
    unavailable: none,
    perform: closeShell,
  },
];

/** In the place of a shell that has ended, else in a tab of its own. */
function openAnother(state: State): readonly Intent[] {
  const shell = activeShell(state);
  if (shell === null || shell.ended === null) return [{ effect: { do: 'open-terminal' } }];
  return [{ effect: { do: 'reopen-shell', id: shell.id, container: shell.container } }];
}
