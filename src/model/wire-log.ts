import type { WireCall } from '../wire/wire-call.ts';

/** What went over the wire, and how the pane looks at it. */
export type WireLog = {
  /** By id, oldest first; the oldest are forgotten. */
  calls: readonly WireCall[];
};

export type WireEvent =
  /** New calls, and news of those that are known. */
  { type: 'wire-called'; calls: readonly WireCall[] } | { type: 'wire-changed'; wire: WireLog };

export const NO_CALLS: WireLog = { calls: [] };

/** How many calls are kept. */
const CALLS_KEPT = 2_000;

export function reduceWire(wire: WireLog, event: WireEvent): WireLog {
  switch (event.type) {
    case 'wire-called': {
      const calls = new Map(wire.calls.map((call) => [call.id, call]));
      for (const call of event.calls) calls.set(call.id, call);
      return { ...wire, calls: [...calls.values()].slice(-CALLS_KEPT) };
    }
    case 'wire-changed':
      return event.wire;
  }
}
