import { moveInWire, pickInWire } from './actions/wire-actions.ts';
import type { Intent } from './intents.ts';
import { wireTop } from './select-wire.ts';
import type { State } from './state.ts';

/** A click in the wire pane, counted from its top left corner: selects a line, and opens one that is selected. */
export function clickWire(state: State, _x: number, y: number): readonly Intent[] {
  return pickInWire(state, y - wireTop(state));
}

/** Down is positive. */
export function wheelWire(state: State, lines: number): readonly Intent[] {
  return moveInWire(state, lines);
}
