import { firstKey, SCOPE_TITLES } from '../keymap.ts';
import type { Overlay } from '../overlays.ts';
import { paletteActions } from '../palette.ts';
import type { State } from '../state.ts';
import type { OverlayView } from './overlay-view.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';

/** The palette: what is typed, and what it finds. */
export function paletteView(overlay: Extract<Overlay, { kind: 'palette' }>, state: State): OverlayView {
  const actions = paletteActions(state, overlay.input.text);
  const lines: Line[] = [[piece(': ', 'key'), piece(overlay.input.text)], EMPTY_LINE];
  for (const action of actions) {
    const why = action.unavailable?.(state) ?? '';
    lines.push([
      piece(firstKey(state, action).padEnd(11), 'key'),
      piece(action.title.padEnd(44), why === '' ? 'plain' : 'quiet'),
      piece(SCOPE_TITLES[action.scope], 'quiet'),
    ]);
  }
  if (actions.length === 0) lines.push([piece('No command of this name.', 'quiet')]);
  const cursor = { line: 0, character: 2 + overlay.input.cursor };
  return {
    title: 'All commands',
    width: 72,
    lines,
    selected: actions.length === 0 ? -1 : overlay.selected + 2,
    scroll: 0,
    cursor,
  };
}
