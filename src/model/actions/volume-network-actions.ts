import type { Command } from '../../engine/commands.ts';
import { humanSize } from '../../engine/human-size.ts';
import type { Container, Volume } from '../../engine/objects.ts';
import { cancelOption, type Choice } from '../overlays.ts';
import { selectUsedBy } from '../select-usage.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { askChoice, askForm, commandOption } from './open-overlay.ts';
import { namesOf, refOf, targets } from './targets.ts';

function usersText(users: readonly Container[]): string {
  return users.length === 0 ? 'used by nothing' : `used by ${namesOf(users.map((c) => c.name))}`;
}

const sizeText = ({ size }: Volume): string => (size === null ? '' : `, ${humanSize(size)}`);

function removeVolumes(state: State): Command[] {
  return targets(state, 'volume').map(({ item }) => ({
    do: 'remove-volume',
    volume: refOf(item),
    force: false,
  }));
}

function removeVolumesChoice(state: State): Choice {
  const all = targets(state, 'volume');
  const users = selectUsedBy(state).volumes;
  const rows = all.map(
    ({ item, row }) => `${row.name}: ${usersText(users.get(item.name) ?? [])}${sizeText(item)}`,
  );
  return {
    title: `Remove ${namesOf(all.map((t) => t.item.name))}?`,
    body: [...rows, '', 'The data in it is gone for good.'],
    options: [cancelOption(), commandOption(state, 'Remove', removeVolumes(state))],
  };
}

function removeNetworks(state: State): Command[] {
  const own = targets(state, 'network').filter((t) => !t.item.builtIn);
  return own.map(({ item }) => ({ do: 'remove-network', network: refOf(item) }));
}

function removeNetworksChoice(state: State): Choice {
  const all = targets(state, 'network').filter((t) => !t.item.builtIn);
  const users = selectUsedBy(state).networks;
  return {
    title: `Remove ${namesOf(all.map((t) => t.item.name))}?`,
    body: all.map(({ item, row }) => `${row.name}: ${usersText(users.get(item.name) ?? [])}`),
    options: [cancelOption(), commandOption(state, 'Remove', removeNetworks(state))],
  };
}

export const VOLUME_ACTIONS: readonly Action[] = [
  {
    id: 'create-volume',
    title: 'Create a volume',
    short: 'new',
    keys: ['n'],
    scope: 'volume',
    perform: (state) => askForm(state, { kind: 'create-volume' }),
  },
  {
    id: 'remove-volume',
    title: 'Remove',
    short: 'remove',
    keys: ['x', 'delete'],
    scope: 'volume',
    unavailable: (state) => (targets(state, 'volume').length > 0 ? '' : 'No volume is selected.'),
    commands: removeVolumes,
    perform: (state) => askChoice(removeVolumesChoice(state)),
  },
];

export const NETWORK_ACTIONS: readonly Action[] = [
  {
    id: 'create-network',
    title: 'Create a network',
    short: 'new',
    keys: ['n'],
    scope: 'network',
    perform: (state) => askForm(state, { kind: 'create-network' }),
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
    perform: (state) => askChoice(removeNetworksChoice(state)),
  },
];
