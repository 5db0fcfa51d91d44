import type { Intent } from '../intents.ts';
import { detailSize } from '../layout.ts';
import type { LogState, ViewSize } from '../log-view.ts';
import * as scroll from '../scroll-log.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { openSearch } from './search-details.ts';

type LogChange = (log: LogState, size: ViewSize) => LogState;

/** A change of how the log is looked at, computed from the newest state. */
export function changeLog(state: State, change: LogChange): readonly Intent[] {
  if (state.log === null) return [];
  return [{ event: { type: 'log-changed', log: change(state.log.view, detailSize(state)) } }];
}

type Made = Pick<Action, 'short' | 'moves'>;

function log(id: string, title: string, keys: readonly string[], change: LogChange, made: Made = {}): Action {
  return { id, title, keys, scope: 'logs', ...made, perform: (state) => changeLog(state, change) };
}

const move = { moves: true } as const;
const page = (size: ViewSize): number => Math.max(1, size.rows - 1);
/** Cells that one key moves a log sideways by. */
const SIDEWAYS = 20;

export const LOG_ACTIONS: readonly Action[] = [
  log('log-up', 'Up', ['up', 'k'], (l, size) => scroll.scrollLog(l, -1, size), move),
  log('log-down', 'Down', ['down', 'j'], (l, size) => scroll.scrollLog(l, 1, size), move),
  log(
    'log-page-up',
    'A page up',
    ['pgup', 'ctrl-b'],
    (l, size) => scroll.scrollLog(l, -page(size), size),
    move,
  ),
  log(
    'log-page-down',
    'A page down',
    ['pgdn', 'ctrl-f', 'space'],
    (l, size) => scroll.scrollLog(l, page(size), size),
    move,
  ),
  log('log-start', 'To the oldest line', ['home', 'g'], (l, size) => scroll.scrollLogToStart(l, size), move),
  log('log-end', 'To the newest line, and follow', ['end', 'G'], (l) => scroll.followLog(l), move),
  log('log-follow', 'Follow, or hold still', ['f'], (l, size) => scroll.toggleFollow(l, size), {
    short: 'follow',
  }),
  log('log-wrap', 'Wrap long lines, or not', ['w'], (l) => scroll.toggleWrap(l), { short: 'wrap' }),
  log('log-times', 'Times, or none', ['t'], (l) => scroll.toggleTimestamps(l), { short: 'times' }),
  { id: 'log-search', title: 'Search', short: 'search', keys: ['/'], scope: 'logs', perform: openSearch },
  log('log-next', 'Next match', ['n'], (l, size) => scroll.nextMatch(l, 1, size)),
  log('log-previous', 'Previous match', ['N'], (l, size) => scroll.nextMatch(l, -1, size)),
  log('log-only', 'Only lines that match, or all', ['m'], (l) => scroll.toggleOnlyMatches(l)),
  log(
    'log-left',
    'Sideways to the left',
    ['<', 'shift-left'],
    (l, size) => scroll.scrollLogSideways(l, -SIDEWAYS, size),
    move,
  ),
  log(
    'log-right',
    'Sideways to the right',
    ['>', 'shift-right'],
    (l, size) => scroll.scrollLogSideways(l, SIDEWAYS, size),
    move,
  ),
];
