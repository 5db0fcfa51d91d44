import { countMountsLines } from '../data/see-mounts.ts';
import type { Intent } from '../intents.ts';
import { detailSize } from '../layout.ts';
import { selectRow } from '../select-rows.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { openOverlay } from './open-overlay.ts';

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
];
