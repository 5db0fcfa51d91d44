import type { WireCall } from '../wire/wire-call.ts';
import { selectLayout, type Rect } from './layout.ts';
import { memoizeLast } from './memoize.ts';
import type { State } from './state.ts';

/** What the wire pane shows; the same state gives the same object. */
export type WireView = { rect: Rect; focused: boolean; calls: readonly WireCall[] };

/** Null when the pane is not on screen. */
export function selectWire(state: State): WireView | null {
  const rect = selectLayout(state).panes.wire;
  if (rect === undefined) return null;
  const { x, y, width, height } = rect;
  return makeView(state.wire.calls, x, y, width, height, state.focus === 'wire');
}

const makeView = memoizeLast(
  (
    calls: readonly WireCall[],
    x: number,
    y: number,
    width: number,
    height: number,
    focused: boolean,
  ): WireView => ({ rect: { x, y, width, height }, focused, calls }),
);
