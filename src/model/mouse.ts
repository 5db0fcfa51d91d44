import { changeLog } from './actions/log-actions.ts';
import { changeTree } from './actions/tree-actions.ts';
import { moveSelection, selectAt } from './actions/moving-actions.ts';
import type { Intent } from './intents.ts';
import { isConnecting } from './is-connecting.ts';
import { moveTreeCursor } from './json-tree.ts';
import { paneAt, selectLayout } from './layout.ts';
import { pressOverlay } from './overlay-keys.ts';
import { scrollLog } from './scroll-log.ts';
import { selectListPane } from './select-list-pane.ts';
import { selectedIndex, selectRows } from './select-rows.ts';
import { selectDetails } from './select-details.ts';
import type { State } from './state.ts';

/** Lines that one notch of the wheel moves a text by. */
const WHEEL_LINES = 3;

/** A click focuses the pane under it and selects the row; a click on the name of a tab opens it. */
export function clickIntents(state: State, x: number, y: number): readonly Intent[] {
  if (state.overlays.length > 0 || isConnecting(state)) return [];
  const at = paneAt(selectLayout(state), x, y);
  if (at === null) return [];
  const focus: Intent = { event: { type: 'focus-moved', to: at.focus } };
  if (at.focus === 'details') return y === at.rect.y ? [focus, ...clickTab(state, x - at.rect.x)] : [focus];
  const view = selectListPane(state, at.focus);
  const line = y - at.rect.y - 1 - (view?.titled ? 1 : 0);
  if (view === null || line < 0 || line >= view.rows.length) return [focus];
  const first = selectedIndex(selectRows(state, at.focus), state.lists[at.focus]) - view.selected;
  return [focus, ...selectAt(state, at.focus, first + line)];
}

function clickTab(state: State, x: number): readonly Intent[] {
  const hit = selectDetails(state)?.tabs.find(({ from, label }) => x >= from && x < from + label.length);
  return hit === undefined ? [] : [{ event: { type: 'tab-chosen', tab: hit.tab } }];
}

/** The wheel moves what is under the pointer, whatever has the focus. */
export function wheelIntents(state: State, x: number, y: number, direction: 1 | -1): readonly Intent[] {
  const overlay = state.overlays.at(-1);
  if (overlay !== undefined && overlay.kind !== 'engines')
    return pressOverlay(state, overlay, direction > 0 ? 'down' : 'up');
  if (isConnecting(state)) return [{ event: { type: 'choice-moved', by: direction } }];
  const at = paneAt(selectLayout(state), x, y);
  if (at === null) return [];
  if (at.focus !== 'details') return moveSelection({ ...state, focus: at.focus }, direction);
  if (state.tabs[state.subject] === 'logs')
    return changeLog(state, (log, size) => scrollLog(log, direction * WHEEL_LINES, size));
  return changeTree(state, (tree, height) => moveTreeCursor(tree, direction * WHEEL_LINES, height));
}
