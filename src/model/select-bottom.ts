import { bulkCommandLine } from '../engine/command-line.ts';
import type { Command } from '../engine/commands.ts';
import type { Action } from './actions/action.ts';
import type { CommandRecord } from './command-log.ts';
import { BUILD_OVER_HINTS } from './build/build-keys.ts';
import { CONNECT_KEYS } from './connect-keys.ts';
import { actionFor, activeActions, firstKey, keysOf } from './keymap.ts';
import { keyLabel } from './key-label.ts';
import { GLOSSARY_ENTRY_HINTS } from './glossary/glossary-keys.ts';
import { OVERLAY_HINTS } from './overlay-hints.ts';
import { hintsInShell, maySayNext, typingHint } from './lesson-hints.ts';
import { isInShell, leaderLabel } from './leader-key.ts';
import { isConnecting } from './is-connecting.ts';
import type { Overlay } from './overlays.ts';
import { isList, type State } from './state.ts';

export type Hint = readonly [key: string, what: string];

/** The bottom line: keys at the left; at the right the command that the first key would run, or how the last one went. */
export type BottomView = {
  hints: readonly Hint[];
  input: { label: string; text: string; cursor: number } | null;
  echo: Echo;
  width: number;
};

export type Echo = { tone: 'quiet' | 'plain' | 'good' | 'bad'; mark: string; text: string };

/** How long the end of a command stays in the bottom line, in milliseconds. */
export const RESULT_SHOWN = 6_000;

export function selectBottom(state: State): BottomView {
  const overlay = state.overlays.at(-1);
  const input = overlay === undefined ? null : inputOf(overlay);
  const echo = selectEcho(state);
  return { hints: hintsOf(state, overlay), input, echo, width: state.size.columns };
}

function inputOf(overlay: Overlay): BottomView['input'] {
  if (overlay.kind !== 'filter' && overlay.kind !== 'search') return null;
  const label = overlay.kind === 'filter' ? 'filter' : 'search';
  return { label, text: overlay.input.text, cursor: overlay.input.cursor };
}

function hintsOf(state: State, overlay: Overlay | undefined): readonly Hint[] {
  if (overlay?.kind === 'progress' && isOver(state, overlay.command)) return [['Esc', 'close']];
  if (overlay?.kind === 'build' && state.build.current?.result != null) return BUILD_OVER_HINTS;
  if (overlay?.kind === 'glossary' && overlay.open !== null) return GLOSSARY_ENTRY_HINTS;
  if (overlay !== undefined && overlay.kind !== 'engines') return OVERLAY_HINTS[overlay.kind];
  if (isConnecting(state)) return CONNECT_KEYS.map(({ keys, title }) => [keys.map(keyLabel).join(''), title]);
  if (isInShell(state) && !state.shells.leader) return shellHints(state);
  const before = state.shells.leader ? leaderHints(state) : [];
  const isElsewhere = !isList(state.focus) && state.focus !== 'details';
  // The tabs of the details are far from the other panes, where there is less room.
  const actions = hintedActions(state).filter(
    (a) =>
      a.short !== undefined && fits(state, a) && !(isElsewhere && isTabOfDetails(a)) && !isHere(state, a),
  );
  const hints = actions.map((a): Hint => [firstKey(state, a), a.short ?? '']);
  const at = actions.findIndex((a) => a.id === 'insert-command') + 1;
  return [...before, ...hints.toSpliced(at, 0, ...typingHint(state))];
}

/** Those whose key means them here; in the terminal those of a lesson first, which are what it is for. */
function hintedActions(state: State): readonly Action[] {
  const actions = activeActions(state).filter((a) => actionFor(state, keysOf(state, a)[0] ?? '') === a);
  if (state.focus !== 'terminal') return actions;
  return [...actions.filter((a) => a.scope === 'lesson'), ...actions.filter((a) => a.scope !== 'lesson')];
}

/** What the keys that are the same everywhere do, for someone who has just pressed the leader. */
function leaderHints(state: State): readonly Hint[] {
  return [
    [panesText(state), 'pane'],
    ['+', 'larger'],
  ];
}

function shellHints(state: State): readonly Hint[] {
  const { lesson } = state.learn;
  if (lesson !== null) return hintsInShell(state, lesson);
  return [[leaderLabel(state.config), `then a key of Slipway: ${panesText(state)} pane, + larger, ? keys`]];
}

function panesText({ learn }: State): string {
  return learn.lesson === null ? '1–7' : '1–8';
}

const isTabOfDetails = ({ id }: Action): boolean => id.startsWith('tab-');

/** Who is in a tab need not be told how to come there. */
function isHere({ focus, tabs, subject }: State, { id }: Action): boolean {
  return focus === 'details' && id === `tab-${tabs[subject]}`;
}

function isOver(state: State, command: number): boolean {
  return state.commands.find((c) => c.id === command)?.result !== null;
}

/** What cannot be done to the selection does not take room; what explains itself when pressed does. */
function fits(state: State, action: Action): boolean {
  if (action.id === 'lesson-next' && !maySayNext(state)) return false;
  return (action.unavailable?.(state) ?? '') === '';
}

function selectEcho(state: State): Echo {
  // What is typed in a shell is seen there.
  const last = state.commands.findLast((c) => c.from === 'key');
  if (state.notice !== null) return { tone: state.notice.tone, mark: '', text: state.notice.text };
  if (last !== undefined && last.result === null)
    return { tone: 'plain', mark: '…', text: `${last.line}${progressText(last)}` };
  if (last !== undefined && last.endedAt !== null && state.now - last.endedAt < RESULT_SHOWN)
    return resultEcho(last);
  return nextEcho(state);
}

function progressText({ progress }: CommandRecord): string {
  const current = progress.reduce((sum, p) => sum + (p.current ?? 0), 0);
  const total = progress.reduce((sum, p) => sum + (p.total ?? 0), 0);
  return total > 0 ? ` ${Math.floor((100 * current) / total)}%` : '';
}

function resultEcho({ line, result, startedAt, endedAt }: CommandRecord): Echo {
  const seconds = (((endedAt ?? startedAt) - startedAt) / 1000).toFixed(1);
  if (result?.ok)
    return {
      tone: 'good',
      mark: '✓',
      text: `${line}  ${[result.text, `${seconds} s`].filter(Boolean).join(' · ')}`,
    };
  return {
    tone: 'bad',
    mark: '✗',
    text: `${result?.text ?? ''}${result?.ok === false && result.advice ? ` · ${result.advice}` : ''}`,
  };
}

/** What the first key of the bottom line that asks the engine for something would run. */
function nextEcho(state: State): Echo {
  const action = activeActions(state).find(
    (a) =>
      a.commands !== undefined &&
      a.short !== undefined &&
      fits(state, a) &&
      actionFor(state, keysOf(state, a)[0] ?? '') === a,
  );
  const commands = action?.commands?.(state) ?? [];
  if (
    action === undefined ||
    commands.length === 0 ||
    state.overlays.length > 0 ||
    state.engine === null ||
    isInShell(state)
  ) {
    return { tone: 'quiet', mark: '', text: '' };
  }
  return { tone: 'quiet', mark: firstKey(state, action), text: `$ ${lineOf(state, commands)}` };
}

export function lineOf(state: State, commands: readonly Command[]): string {
  return bulkCommandLine(commands, state.engine?.family ?? 'docker');
}
