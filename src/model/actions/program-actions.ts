import type { Intent } from '../intents.ts';
import { lineInput } from '../line-input.ts';
import { cancelOption, type ChoiceOption } from '../overlays.ts';
import { oneLine } from '../one-line.ts';
import { selectRow } from '../select-rows.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { notice } from './moving-actions.ts';
import { askChoice, openOverlay } from './open-overlay.ts';

/** Quits at once, unless something would be lost with it: what is still under way, or what a sandbox holds. */
function quit(state: State): readonly Intent[] {
  const running = state.commands.filter((c) => c.result === null && c.from === 'key');
  const typed = runningInShells(state);
  const held = state.engine?.sandbox === 'passing' ? heldBySandbox(state) : [];
  if (running.length === 0 && typed.length === 0 && held.length === 0) return [{ effect: { do: 'quit' } }];
  const body = [
    ...(running.length === 0 ? [] : ['Still under way:', ...running.map((c) => `  ${c.line}`), '']),
    ...(typed.length === 0 ? [] : ['Still running in the terminal, and ended with it:', ...typed, '']),
    ...(held.length === 0 ? [] : [`The sandbox goes with its last Slipway. It holds ${held.join(', ')}.`]),
  ];
  const options: ChoiceOption[] = [cancelOption(), { label: 'Quit', line: '', outcome: { quit: 'plain' } }];
  if (held.length > 0)
    options.push({
      label: 'Quit, and keep the sandbox running',
      line: '',
      outcome: { quit: 'keep-sandbox' },
    });
  return askChoice({ title: 'Quit?', body, options });
}

function runningInShells({ shells }: State): string[] {
  return shells.tabs
    .filter((tab) => tab.ended === null && (tab.screen?.running ?? '') !== '')
    .map((tab) => `  ${oneLine(tab.screen?.running ?? '')} (${tab.label})`);
}

/** What a person has made in the sandbox, in words; nothing in one that is as it was made. */
function heldBySandbox(state: State): string[] {
  const { container, image, volume, network } = state.objects;
  const networks = [...(network.items?.values() ?? [])].filter(
    (n) => n.kind === 'network' && !n.builtIn,
  ).length;
  const images = Math.max(0, (image.items?.size ?? 0) - 1);
  const counts: readonly [number, string][] = [
    [container.items?.size ?? 0, 'container'],
    [volume.items?.size ?? 0, 'volume'],
    [networks, 'network'],
    [images, 'more image'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`);
}

function copyName(state: State): readonly Intent[] {
  const row = selectRow(state, state.subject);
  return row === null ? [] : [{ effect: { do: 'copy', text: row.name, what: row.name } }];
}

function copyId(state: State): readonly Intent[] {
  const row = selectRow(state, state.subject);
  return row === null ? [] : [{ effect: { do: 'copy', text: row.item.id, what: 'the id' } }];
}

function toggleMouse(state: State): readonly Intent[] {
  const text = state.mouse
    ? 'The mouse is the terminal’s again (select text as usual)'
    : 'The mouse works in here';
  return [{ event: { type: 'mouse-toggled' } }, notice(state, text)];
}

export const PROGRAM_ACTIONS: readonly Action[] = [
  {
    id: 'palette',
    title: 'All commands',
    short: 'palette',
    keys: [':'],
    scope: 'everywhere',
    perform: () => openOverlay({ kind: 'palette', input: lineInput(), selected: 0 }),
  },
  {
    id: 'help',
    title: 'Keys',
    short: 'keys',
    keys: ['?', 'f1'],
    scope: 'everywhere',
    perform: () => openOverlay({ kind: 'help', scroll: 0 }),
  },
  {
    id: 'command-log',
    title: 'Commands so far',
    keys: ['@'],
    scope: 'everywhere',
    perform: (state) => openOverlay({ kind: 'commands', selected: Math.max(0, state.commands.length - 1) }),
  },
  { id: 'copy-name', title: 'Copy the name', keys: ['y'], scope: 'lists', perform: copyName },
  { id: 'copy-id', title: 'Copy the id', keys: ['Y'], scope: 'lists', perform: copyId },
  {
    id: 'engines',
    title: 'Choose another engine',
    keys: ['ctrl-o'],
    scope: 'everywhere',
    perform: () => [...openOverlay({ kind: 'engines' }), { effect: { do: 'search-engines' } }],
  },
  {
    id: 'refresh',
    title: 'Read everything again',
    keys: ['ctrl-r', 'f5'],
    scope: 'everywhere',
    perform: () => [{ effect: { do: 'refresh' } }],
  },
  {
    id: 'redraw',
    title: 'Draw the screen again',
    keys: ['ctrl-l'],
    scope: 'everywhere',
    perform: () => [{ effect: { do: 'redraw' } }],
  },
  { id: 'mouse', title: 'Mouse on or off', keys: ['M'], scope: 'everywhere', perform: toggleMouse },
  {
    id: 'suspend',
    title: 'To the background (fg brings it back)',
    keys: ['ctrl-z'],
    scope: 'everywhere',
    perform: () => [{ effect: { do: 'suspend' } }],
  },
  { id: 'quit', title: 'Quit', keys: ['q', 'ctrl-c'], scope: 'everywhere', perform: quit },
];
