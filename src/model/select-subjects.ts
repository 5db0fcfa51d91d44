import type { Item } from '../engine/objects.ts';
import { isAlive } from './container-status.ts';
import { hidesDetails } from './layout.ts';
import { memoizeLast } from './memoize.ts';
import { selectListPane } from './select-list-pane.ts';
import { selectRow } from './select-rows.ts';
import type { State, Tab } from './state.ts';

const TABS: Readonly<Record<State['subject'], readonly Tab[]>> = {
  container: ['logs', 'stats', 'layers', 'files', 'mounts', 'inspect'],
  image: ['layers', 'files', 'inspect'],
  volume: ['files', 'mounts', 'inspect'],
  network: ['inspect'],
};

/** The tabs of what is selected, in order. */
export function tabsOf(subject: State['subject']): readonly Tab[] {
  return TABS[subject];
}

/** What of the engine the screen needs beyond the lists; `app` opens and closes streams to match. */
const NONE: readonly string[] = [];
const one = memoizeLast((key: string): readonly string[] => [key]);

/** The tab in view, or null while no details can be seen or the engine is away. */
export function shownTab(state: State): Tab | null {
  if (state.engine === null || state.engine.lost !== null) return null;
  if (state.zoomed ? state.focus !== 'details' : hidesDetails(state)) return null;
  return state.tabs[state.subject];
}

/** Id of the container whose log is in view. A new start of the container is a new key: its log goes on. */
export function selectLogSubject(state: State): readonly string[] {
  const item = selectRow(state, state.subject)?.item;
  if (item?.kind !== 'container' || shownTab(state) !== 'logs') return NONE;
  // What never ran has printed nothing: no need to ask.
  if (item.state === 'created') return NONE;
  return oneLog(`${item.id} ${runOf(item)}`);
}
const oneLog = memoizeLast((key: string): readonly string[] => [key]);

/** Changes each time the container is started or ends, so that a followed log that ended is opened again. */
function runOf(item: Item & { kind: 'container' }): string {
  return isAlive(item.state) ? `since ${item.since ?? ''}` : 'ended';
}

/** `kind id revision` of what the Inspect tab shows. */
export function selectInspectSubject(state: State): readonly string[] {
  const item = selectRow(state, state.subject)?.item;
  if (item === undefined || item.kind === 'unreadable' || shownTab(state) !== 'inspect') return NONE;
  const revision = item.kind === 'container' ? `${item.state}-${item.since ?? ''}` : '';
  return one(`${item.kind} ${item.id} ${revision}`);
}

/** How many containers are measured at a time: what the tallest screens show. */
const MEASURED_AT_MOST = 60;

/** Ids of running containers in view; with `watched` after it, the one whose Stats tab is open. */
export function selectStatsSubjects(state: State): readonly string[] {
  if (state.engine === null || state.engine.lost !== null) return NONE;
  const shown = selectListPane(state, 'container')?.rows ?? [];
  const ids = shown.flatMap((row) => (isLive(row.item) ? [row.item.id] : [])).slice(0, MEASURED_AT_MOST);
  const selected = selectRow(state, 'container')?.item;
  if (shownTab(state) !== 'stats' || selected === undefined || !isLive(selected)) return many(ids.join('\n'));
  return many([...ids.filter((id) => id !== selected.id), `${selected.id} watched`].join('\n'));
}
const many = memoizeLast((ids: string): readonly string[] => (ids === '' ? NONE : ids.split('\n')));

function isLive(item: Item): boolean {
  return item.kind === 'container' && item.state === 'running';
}
