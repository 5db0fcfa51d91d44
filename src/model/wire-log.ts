import type { WireCall } from '../wire/wire-call.ts';
import { openTree, replaceTreeValue, type TreeState } from './json-tree.ts';
import { callValue } from './wire-body.ts';

/** What went over the wire, and how the pane looks at it. */
export type WireLog = {
  /** By id, oldest first; the oldest are forgotten. */
  calls: readonly WireCall[];
  /** What was told of calls with lower ids is let go: they are forgotten, or were cleared away. */
  from: number;
  /** What the list shows while it is paused; null while it does not. */
  paused: readonly WireCall[] | null;
  /** The selected call, and in which line of the view it stands; null follows the newest. */
  cursor: { id: number; line: number } | null;
  filter: string;
  /** Hides what every client asks first. */
  hidesGreetings: boolean;
  open: OpenCall | null;
};

/** A call that is looked at closely. It stays when it is forgotten otherwise. */
export type OpenCall = { call: WireCall; tree: TreeState };

export type WireEvent =
  /** New calls, and news of those that are known. */
  { type: 'wire-called'; calls: readonly WireCall[] } | { type: 'wire-changed'; view: Partial<WireLog> };

export const NO_CALLS: WireLog = {
  calls: [],
  from: 0,
  paused: null,
  cursor: null,
  filter: '',
  hidesGreetings: false,
  open: null,
};

/** How many calls are kept. */
const CALLS_KEPT = 2_000;

export function reduceWire(wire: WireLog, event: WireEvent): WireLog {
  switch (event.type) {
    case 'wire-called': {
      const merged = merge(wire, event.calls);
      const calls = merged.slice(-CALLS_KEPT);
      const from = merged.length > CALLS_KEPT ? (calls[0]?.id ?? wire.from) : wire.from;
      return { ...wire, calls, from, open: refresh(wire.open, event.calls) };
    }
    case 'wire-changed':
      return { ...wire, ...event.view };
  }
}

/** They come in the order of their ids, but for news of older ones. */
function merge({ calls, from }: WireLog, news: readonly WireCall[]): WireCall[] {
  const merged = [...calls];
  for (const call of news) {
    if (call.id < from) continue;
    const at = indexOf(merged, call.id);
    merged.splice(at, merged[at]?.id === call.id ? 1 : 0, call);
  }
  return merged;
}

/** Where the call with this id stands, or would stand. */
function indexOf(calls: readonly WireCall[], id: number): number {
  let [low, high] = [0, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.id ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Its query and bodies are open, whatever is in them is as in any tree. */
export function openCall(call: WireCall): OpenCall {
  const value = callValue(call);
  const touched = new Map(['query', 'request', 'response'].map((part) => [`.${part}`, true]));
  return { call, tree: replaceTreeValue({ ...openTree(value), touched }, value) };
}

function refresh(open: OpenCall | null, news: readonly WireCall[]): OpenCall | null {
  const call = open === null ? undefined : news.findLast(({ id }) => id === open.call.id);
  return open === null || call === undefined
    ? open
    : { call, tree: replaceTreeValue(open.tree, callValue(call)) };
}

/** Calls that have come in since it was paused. */
export function newSincePause({ calls, paused, from }: WireLog): number {
  if (paused === null) return 0;
  const last = paused.at(-1)?.id ?? from - 1;
  return calls.length - 1 - calls.findLastIndex((call) => call.id <= last);
}
