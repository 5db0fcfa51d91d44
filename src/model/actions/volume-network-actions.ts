import type { Command } from '../../engine/commands.ts';
import { bulkCommandLine } from '../../engine/command-line.ts';
import type { Container } from '../../engine/objects.ts';
import { openForm, type Purpose } from '../forms.ts';
import type { Intent } from '../intents.ts';
import { cancelOption, type Choice } from '../overlays.ts';
import { selectUsedBy } from '../select-usage.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { namesOf, refOf, targets } from './targets.ts';

function openAForm(state: State, purpose: Purpose): readonly Intent[] {
  const form = openForm(purpose, state.engine?.family ?? 'docker');
  return [{ event: { type: 'overlay-opened', overlay: { kind: 'form', form } } }];
}

function ask(choice: Choice): readonly Intent[] {
  return [{ event: { type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 0 } } }];
}

function usersText(users: readonly Container[]): string {
  return users.length === 0 ? 'used by nothing' : `used by ${namesOf(users.map((c) => c.name))}`;
}

function removeVolumes(state: State, force: boolean): Command[] {
  return targets(state, 'volume').map(({ item }) => ({ do: 'remove-volume', volume: refOf(item), force }));
}

function removeVolumesChoice(state: State): Choice {
  const all = targets(state, 'volume');
  const users = selectUsedBy(state).volumes;
  const commands = removeVolumes(state, false);
  const line = bulkCommandLine(commands, state.engine?.family ?? 'docker');
  const rows = all.map(({ item, row }) => `${row.name}: ${usersText(users.get(item.name) ?? [])}`);
  return {
    title: `Remove ${namesOf(all.map((t) => t.item.name))}?`,
    body: [...rows, '', 'The data in it is gone for good.'],
    options: [cancelOption(), { label: 'Remove', line, outcome: { carryOut: commands } }],
  };
}

function removeNetworks(state: State): Command[] {
  const own = targets(state, 'network').filter((t) => !t.item.builtIn);
  return own.map(({ item }) => ({ do: 'remove-network', network: refOf(item) }));
}

function removeNetworksChoice(state: State): Choice {
  const all = targets(state, 'network').filter((t) => !t.item.builtIn);
  const users = selectUsedBy(state).networks;
  const commands = removeNetworks(state);
  const line = bulkCommandLine(commands, state.engine?.family ?? 'docker');
  return {
    title: `Remove ${namesOf(all.map((t) => t.item.name))}?`,
    body: all.map(({ item, row }) => `${row.name}: ${usersText(users.get(item.name) ?? [])}`),
    options: [cancelOption(), { label: 'Remove', line, outcome: { carryOut: commands } }],
  };
}

export const VOLUME_ACTIONS: readonly Action[] = [
  {
    id: 'create-volume',
    title: 'Create a volume',
    short: 'new',
    keys: ['n'],
    scope: 'volume',
    perform: (state) => openAForm(state, { kind: 'create-volume' }),
  },
  {
    id: 'remove-volume',
    title: 'Remove',
    short: 'remove',
    keys: ['x', 'delete'],
    scope: 'volume',
    unavailable: (state) => (targets(state, 'volume').length > 0 ? '' : 'No volume is selected.'),
    commands: (state) => removeVolumes(state, false),
    perform: (state) => ask(removeVolumesChoice(state)),
  },
];

export const NETWORK_ACTIONS: readonly Action[] = [
  {
    id: 'create-network',
    title: 'Create a network',
    short: 'new',
    keys: ['n'],
    scope: 'network',
    perform: (state) => openAForm(state, { kind: 'create-network' }),
  },
  {
    id: 'remove-network',
    title: 'Remove',
    short: 'remove',
    keys: ['x', 'delete'],
    scope: 'network',
    unavailable: (state) =>
      removeNetworks(state).length > 0 ? '' : 'The engine’s own networks cannot be removed.',
    commands: removeNetworks,
    perform: (state) => ask(removeNetworksChoice(state)),
  },
];
