import type { Intent } from '../intents.ts';
import { tabsOf } from '../select-subjects.ts';
import type { State, Tab } from '../state.ts';
import type { Action } from './action.ts';

function changeTab(state: State, by: number): readonly Intent[] {
  const tabs = tabsOf(state.subject);
  const at = tabs.indexOf(state.tabs[state.subject]);
  const tab = tabs[(at + by + tabs.length) % tabs.length];
  return tab === undefined ? [] : [{ event: { type: 'tab-chosen', tab } }];
}

const WHO_HAS: Readonly<Partial<Record<Tab, string>>> = {
  layers: 'Only images and containers have this.',
  files: 'A network has no files.',
  mounts: 'Only containers and volumes have this.',
};

/** Opens a tab and goes to it. */
function openTab(tab: Tab, title: string, key: string): Action {
  return {
    id: `tab-${tab}`,
    title,
    keys: [key],
    scope: 'everywhere',
    short: tab,
    unavailable: (state) =>
      tabsOf(state.subject).includes(tab) ? '' : (WHO_HAS[tab] ?? 'Only containers have this.'),
    perform: () => [
      { event: { type: 'tab-chosen', tab } },
      { event: { type: 'focus-moved', to: 'details' } },
    ],
  };
}

export const DETAIL_ACTIONS: readonly Action[] = [
  openTab('logs', 'Logs', 'l'),
  openTab('stats', 'Stats: CPU and memory', 'u'),
  openTab('layers', 'Layers: what it is made of', 'v'),
  openTab('files', 'Files', 'f'),
  openTab('mounts', 'Mounts: where data lives', 'd'),
  openTab('inspect', 'Inspect', 'i'),
  {
    id: 'next-tab',
    title: 'Next tab',
    keys: ['right', ']'],
    scope: 'everywhere',
    perform: (state) => changeTab(state, 1),
  },
  {
    id: 'previous-tab',
    title: 'Previous tab',
    keys: ['left', '['],
    scope: 'everywhere',
    perform: (state) => changeTab(state, -1),
  },
];
