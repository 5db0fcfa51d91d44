import type { Intent } from './intents.ts';
import type { State } from './state.ts';

/** A click in the wire pane, counted from its top left corner. */
export function clickWire(_state: State, _x: number, _y: number): readonly Intent[] {
  return [];
}

/** Down is positive. */
export function wheelWire(_state: State, _lines: number): readonly Intent[] {
  return [];
}
