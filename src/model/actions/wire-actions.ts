import type { WireCall } from '../../wire/wire-call.ts';
import { callAsCurl } from '../../wire/call-as-curl.ts';
import type { Intent } from '../intents.ts';
import * as json from '../json-tree.ts';
import { lineInput } from '../line-input.ts';
import { selectWire, wireHeight } from '../select-wire.ts';
import type { State } from '../state.ts';
import { openCall, type WireLog } from '../wire-log.ts';
import { moveCursor, putCursor, selectedCall } from '../wire-place.ts';
import { selectWireRows } from '../wire-rows.ts';
import type { Action } from './action.ts';
import { goBack } from './moving-actions.ts';
import { openOverlay } from './open-overlay.ts';
import { openSearch } from './search-details.ts';

/** A change of how the wire is looked at. */
export function changeWire(view: Partial<WireLog>): Intent {
  return { event: { type: 'wire-changed', view } };
}

type TreeChange = (tree: json.TreeState, height: number) => json.TreeState;

/** A change of the open call's tree; nothing without one. */
export function changeWireTree(state: State, change: TreeChange): readonly Intent[] {
  const { open } = state.wire;
  return open === null ? [] : [changeWire({ open: { ...open, tree: change(open.tree, wireHeight(state)) } })];
}

/** Moves the cursor of the list, or of the open call's tree. */
export function moveInWire(state: State, by: number): readonly Intent[] {
  if (state.wire.open !== null)
    return changeWireTree(state, (tree, height) =>
      Number.isFinite(by)
        ? json.moveTreeCursor(tree, by, height)
        : json.putCursor(tree, by > 0 ? Infinity : 0, height),
    );
  const { rows } = selectWireRows(state);
  return [changeWire({ cursor: moveCursor(rows, state.wire.cursor, by, wireHeight(state)) })];
}

/** Puts the cursor on a line of what is in view, counted from its first; a second time opens it. */
export function pickInWire(state: State, line: number): readonly Intent[] {
  const content = selectWire(state)?.content;
  if (content?.kind === 'call') {
    const by = line - content.rows.findIndex((row) => row.selected);
    if (content.rows[line] === undefined) return [];
    return changeWireTree(state, (tree, height) =>
      by === 0 ? json.toggleFold(tree, height) : json.moveTreeCursor(tree, by, height),
    );
  }
  const row = content?.kind === 'list' ? content.rows[line] : undefined;
  if (content?.kind !== 'list' || row?.kind !== 'call') return [];
  if (line === content.selected) return openSelected(state);
  return [changeWire({ cursor: { id: row.call.id, line } })];
}

/** The call that keys are about: the open one, else the selected one. */
function currentCall(state: State): WireCall | null {
  const { open, cursor } = state.wire;
  return open?.call ?? selectedCall(selectWireRows(state).rows, cursor, wireHeight(state));
}

function openSelected(state: State): readonly Intent[] {
  const call = currentCall(state);
  return call === null ? [] : [changeWire({ open: openCall(call) })];
}

function openOrFold(state: State): readonly Intent[] {
  if (state.wire.open === null) return openSelected(state);
  return changeWireTree(state, (tree, height) => json.toggleFold(tree, height));
}

/** From one open call to the one before it or after it; the list goes along. */
function openNeighbour(state: State, by: 1 | -1): readonly Intent[] {
  const { rows } = selectWireRows(state);
  const at = rows.findIndex((row) => row.kind === 'call' && row.call.id === state.wire.open?.call.id);
  const step = rows[at + by]?.kind === 'heading' ? 2 * by : by;
  const row = at < 0 ? undefined : rows[at + step];
  if (row?.kind !== 'call') return [];
  const cursor = putCursor(rows, state.wire.cursor, at + step, wireHeight(state));
  return [changeWire({ cursor, open: openCall(row.call) })];
}

/** Follows the newest call, or holds still at the selected one. */
function toggleFollow(state: State): readonly Intent[] {
  if (state.wire.cursor !== null) return [changeWire({ cursor: null })];
  const { rows } = selectWireRows(state);
  return [changeWire({ cursor: putCursor(rows, null, rows.length - 1, wireHeight(state)) })];
}

function togglePause({ wire }: State): readonly Intent[] {
  return [changeWire({ paused: wire.paused === null ? wire.calls : null })];
}

function clear({ wire }: State): readonly Intent[] {
  const from = (wire.calls.at(-1)?.id ?? wire.from - 1) + 1;
  return [changeWire({ calls: [], from, cursor: null, paused: wire.paused === null ? null : [] })];
}

/** The list is filtered, an open call is searched. */
function find(state: State): readonly Intent[] {
  if (state.wire.open !== null) return openSearch(state);
  const before = state.wire.filter;
  return openOverlay({ kind: 'filter', of: 'wire', input: lineInput(before), before });
}

function back(state: State): readonly Intent[] {
  if (state.wire.open !== null) return [changeWire({ open: null })];
  return state.wire.filter === '' ? goBack(state) : [changeWire({ filter: '' })];
}

function copyCurl(state: State): readonly Intent[] {
  const call = currentCall(state);
  if (call === null || state.engine === null) return [];
  const { line, note } = callAsCurl(call, { host: state.engine.host });
  const what = note === '' ? 'the call as a curl command' : `it as curl. ${note}`;
  return [{ effect: { do: 'copy', text: line, what } }];
}

function copyPath(state: State): readonly Intent[] {
  const call = currentCall(state);
  if (call === null) return [];
  const text = call.query === '' ? call.path : `${call.path}?${call.query}`;
  return [{ effect: { do: 'copy', text, what: 'the path' } }];
}

const inList = ({ wire }: State): string => (wire.open === null ? '' : 'Esc goes back to the list first.');
const inCall = ({ wire }: State): string => (wire.open === null ? 'Open a call first, with Enter.' : '');
const onCall = (state: State): string => (currentCall(state) === null ? 'There is no call yet.' : '');
const page = (state: State): number => Math.max(1, wireHeight(state) - 1);

function move(id: string, title: string, keys: readonly string[], by: (state: State) => number): Action {
  const perform = (state: State): readonly Intent[] => moveInWire(state, by(state));
  return { id, title, keys, scope: 'wire', moves: true, perform };
}

function inTree(id: string, title: string, key: string, change: TreeChange): Action {
  const perform = (state: State): readonly Intent[] => changeWireTree(state, change);
  return { id, title, keys: [key], scope: 'wire', unavailable: inCall, perform };
}

function inWire(action: Omit<Action, 'scope'>): Action {
  return { ...action, scope: 'wire' };
}

/** In the list of calls, and where it says so in one that is open. */
export const WIRE_ACTIONS: readonly Action[] = [
  move('wire-up', 'Up', ['up', 'k'], () => -1),
  move('wire-down', 'Down', ['down', 'j'], () => 1),
  move('wire-page-up', 'A page up', ['pgup', 'ctrl-b'], (state) => -page(state)),
  move('wire-page-down', 'A page down', ['pgdn', 'ctrl-f'], page),
  move('wire-start', 'To the oldest call', ['home', 'g'], () => -Infinity),
  move('wire-end', 'To the newest call, and follow', ['end', 'G'], () => Infinity),
  inWire({
    id: 'wire-open',
    title: 'Open the call; in it, fold or open',
    short: 'open',
    keys: ['enter', 'space'],
    unavailable: onCall,
    perform: openOrFold,
  }),
  inWire({ id: 'wire-back', title: 'Back to the list of calls', keys: ['esc'], perform: back }),
  inWire({
    id: 'wire-follow',
    title: 'Follow the newest call, or hold still',
    short: 'follow',
    keys: ['f'],
    unavailable: inList,
    perform: toggleFollow,
  }),
  inWire({
    id: 'wire-pause',
    title: 'Pause the list, or go on',
    short: 'pause',
    keys: ['p'],
    unavailable: inList,
    perform: togglePause,
  }),
  inWire({
    id: 'wire-find',
    title: 'Filter the calls; in one, search',
    short: 'find',
    keys: ['/'],
    perform: find,
  }),
  inWire({
    id: 'wire-greetings',
    title: 'Hide what clients ask first (_ping, version, info), or not',
    short: 'hide greetings',
    keys: ['h'],
    unavailable: inList,
    perform: ({ wire: { hidesGreetings } }) => [changeWire({ hidesGreetings: !hidesGreetings })],
  }),
  inWire({
    id: 'wire-copy-curl',
    title: 'Copy the call as a curl command',
    short: 'as curl',
    keys: ['y'],
    unavailable: onCall,
    perform: copyCurl,
  }),
  inWire({
    id: 'wire-copy-path',
    title: 'Copy the path',
    keys: ['Y'],
    unavailable: onCall,
    perform: copyPath,
  }),
  inWire({ id: 'wire-clear', title: 'Clear the list', keys: ['c'], unavailable: inList, perform: clear }),
  inWire({
    id: 'wire-previous-call',
    title: 'In a call: the one before it',
    keys: ['['],
    unavailable: inCall,
    perform: (state) => openNeighbour(state, -1),
  }),
  inWire({
    id: 'wire-next-call',
    title: 'In a call: the one after it',
    short: 'next call',
    keys: [']'],
    unavailable: inCall,
    perform: (state) => openNeighbour(state, 1),
  }),
  inTree('wire-next', 'In a call: next match', 'n', (t, height) => json.nextTreeMatch(t, 1, height)),
  inTree('wire-previous', 'In a call: previous match', 'N', (t, height) => json.nextTreeMatch(t, -1, height)),
  inTree('wire-unfold-all', 'In a call: open everything', 'a', (t, height) => json.unfoldAll(t, height)),
  inTree('wire-fold-all', 'In a call: fold everything', 'z', (t, height) => json.foldAll(t, height)),
  inTree('wire-raw', 'In a call: raw JSON, or the tree', 'R', (t) => json.toggleRaw(t)),
  inTree('wire-reveal', 'In a call: show what the screen masks, or not', 'v', (t) => json.toggleReveal(t)),
];
