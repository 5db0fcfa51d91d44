import { countMountsLines } from '../data/see-mounts.ts';
import type { Intent } from '../intents.ts';
import { detailSize } from '../layout.ts';
import { REGISTRY_KEYS } from '../registry/registry-keys.ts';
import { selectRow } from '../select-rows.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { askForm, openOverlay } from './open-overlay.ts';
import { targets } from './targets.ts';

function scrollMounts(state: State, by: number): readonly Intent[] {
  const item = selectRow(state, state.subject)?.item;
  if (item === undefined) return [];
  const { rows, columns } = detailSize(state);
  const last = Math.max(0, countMountsLines(state, item, columns) - rows);
  const from = state.data.scroll.of === item.id ? Math.min(last, state.data.scroll.top) : 0;
  const top = Math.max(0, Math.min(last, from + by));
  return [{ event: { type: 'data-scrolled', of: item.id, top } }];
}

function scroll(id: string, title: string, keys: readonly string[], by: (page: number) => number): Action {
  return {
    id: `mounts-${id}`,
    title,
    keys,
    scope: 'mounts',
    moves: true,
    perform: (state) => scrollMounts(state, by(detailSize(state).rows)),
  };
}

export const MOUNTS_ACTIONS: readonly Action[] = [
  scroll('up', 'Up', ['up', 'k'], () => -1),
  scroll('down', 'Down', ['down', 'j'], () => 1),
  scroll('page-up', 'A page up', ['pgup', 'ctrl-b'], (page) => -page),
  scroll('page-down', 'A page down', ['pgdn', 'ctrl-f'], (page) => page),
  scroll('first', 'To the top', ['home', 'g'], () => -Infinity),
  scroll('last', 'To the end', ['end', 'G'], () => Infinity),
];

export const SURVEY_ACTIONS: readonly Action[] = [
  {
    id: 'places',
    title: 'Where data lives, and what it survives',
    keys: ['D'],
    scope: 'everywhere',
    short: 'data',
    perform: () => openOverlay({ kind: 'places', selected: 0 }),
  },
  {
    id: 'disk-usage',
    title: 'Disk usage, and what a clean-up would give back',
    keys: ['U'],
    scope: 'everywhere',
    short: 'disk',
    perform: () => openOverlay({ kind: 'disk-usage', selected: 0 }),
  },
  {
    id: 'registry',
    title: 'What the registry holds: of the open lesson, or of the sandbox',
    keys: REGISTRY_KEYS,
    scope: 'everywhere',
    short: 'registry',
    perform: () => openOverlay({ kind: 'registry', selected: 0 }),
  },
];

const noVolume = (state: State): string =>
  targets(state, 'volume').length > 0 ? '' : 'No volume is selected.';
const nameOf = (state: State): string => targets(state, 'volume')[0]?.item.name ?? '';

/** As `2026-01-31`, by the person's own clock. */
function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export const CARRY_ACTIONS: readonly Action[] = [
  {
    id: 'back-up-volume',
    title: 'Back up to a tar file',
    short: 'back up',
    keys: ['b'],
    scope: 'volume',
    unavailable: noVolume,
    perform: (state) =>
      askForm(state, { kind: 'back-up-volume', volume: nameOf(state), day: dayOf(state.now) }),
  },
  {
    id: 'restore-volume',
    title: 'Restore from a tar file',
    short: 'restore',
    keys: ['r'],
    scope: 'volume',
    perform: (state) => askForm(state, { kind: 'restore-volume', volume: nameOf(state) }),
  },
  {
    id: 'copy-volume',
    title: 'Copy to another volume, here or on another engine',
    short: 'copy',
    keys: ['c'],
    scope: 'volume',
    unavailable: noVolume,
    perform: (state) => askForm(state, { kind: 'copy-volume', volume: nameOf(state) }),
  },
];
