import type { Kind } from '../engine/objects.ts';
import { scrollLesson } from './actions/scroll-lesson.ts';
import { changeLog } from './actions/log-actions.ts';
import { changeTree } from './actions/tree-actions.ts';
import { clickFiles } from './files/click-files.ts';
import { moveFile } from './files/files-actions.ts';
import { goTo, moveSelection, selectAt } from './actions/moving-actions.ts';
import type { Intent } from './intents.ts';
import { isConnecting } from './is-connecting.ts';
import { clickLayers, moveInLayers } from './layers/move-in-layers.ts';
import { moveTreeCursor } from './json-tree.ts';
import { paneAt, selectLayout, type Rect } from './layout.ts';
import { pressOverlay } from './overlay-keys.ts';
import { scrollLog } from './scroll-log.ts';
import { selectListPane } from './select-list-pane.ts';
import { selectedIndex, selectRows } from './select-rows.ts';
import { selectDetails } from './select-details.ts';
import { selectShell } from './select-shell.ts';
import { activeShell } from './shells.ts';
import { isList, type State } from './state.ts';
import { clickWire, wheelWire } from './wire-mouse.ts';

/** Lines that one notch of the wheel moves a text by. */
const WHEEL_LINES = 3;

/** What the mouse did, at a cell of the screen counted from 0. */
export type Mouse = {
  action: 'press' | 'drag' | 'release' | 'wheel-up' | 'wheel-down';
  button: 'left' | 'middle' | 'right';
  x: number;
  y: number;
  shift: boolean;
  alt: boolean;
  ctrl: boolean;
};

export function mouseIntents(state: State, mouse: Mouse): readonly Intent[] {
  switch (mouse.action) {
    case 'press':
      return pressIntents(state, mouse);
    case 'drag':
    case 'release':
      return dragIntents(state, mouse);
    case 'wheel-up':
      return wheelIntents(state, mouse, -1);
    case 'wheel-down':
      return wheelIntents(state, mouse, 1);
  }
}

/** A click focuses the pane under it and selects the row; a click on the name of a tab opens it. */
function pressIntents(state: State, mouse: Mouse): readonly Intent[] {
  if (state.overlays.length > 0 || isConnecting(state)) return [];
  const at = paneAt(selectLayout(state), mouse.x, mouse.y);
  if (at === null) return [];
  const { focus: pane, rect } = at;
  if (pane === 'terminal') return pressShell(state, mouse, rect);
  if (mouse.button !== 'left') return [];
  const focus: Intent = { event: { type: 'focus-moved', to: pane } };
  if (pane === 'wire') return [focus, ...clickWire(state, mouse.x - rect.x, mouse.y - rect.y)];
  if (pane === 'lesson') return [focus];
  if (pane === 'details') return [focus, ...clickDetails(state, mouse.x - rect.x, mouse.y - rect.y)];
  return [focus, ...clickRow(state, pane, mouse.y - rect.y)];
}

function clickRow(state: State, kind: Kind, y: number): readonly Intent[] {
  const view = selectListPane(state, kind);
  const line = y - 1 - (view?.titled ? 1 : 0);
  if (view === null || line < 0 || line >= view.rows.length) return [];
  const first = selectedIndex(selectRows(state, kind), state.lists[kind]) - view.selected;
  return selectAt(state, kind, first + line);
}

function clickDetails(state: State, x: number, y: number): readonly Intent[] {
  if (y === 0) return clickTab(state, x);
  if (state.tabs[state.subject] === 'files') return clickFiles(state, y - 1);
  return clickLayers(state, x - 1, y - 1);
}

function clickTab(state: State, x: number): readonly Intent[] {
  const hit = selectDetails(state)?.tabs.find(({ from, label }) => x >= from && x < from + label.length);
  return hit === undefined ? [] : [{ event: { type: 'tab-chosen', tab: hit.tab } }];
}

/** A press on the title goes to a tab, one inside goes to the shell. */
function pressShell(state: State, mouse: Mouse, rect: Rect): readonly Intent[] {
  const focus = goTo(state, 'terminal');
  if (mouse.y > rect.y) return [...focus, ...inShell(state, mouse, rect)];
  const x = mouse.x - rect.x;
  const hit = selectShell(state)?.tabs.find(({ from, label }) => x >= from && x < from + label.length);
  return hit === undefined ? focus : [...focus, { event: { type: 'shell-chosen', id: hit.id } }];
}

/** Where the pointer goes while a button is held is the business of the shell that it was pressed in. */
function dragIntents(state: State, mouse: Mouse): readonly Intent[] {
  const rect = selectLayout(state).panes.terminal;
  if (state.focus !== 'terminal' || rect === undefined || state.overlays.length > 0) return [];
  return inShell(state, mouse, rect);
}

function inShell(state: State, mouse: Mouse, rect: Rect): readonly Intent[] {
  const shell = activeShell(state);
  if (shell === null || isConnecting(state)) return [];
  const x = Math.max(0, Math.min(rect.width - 3, mouse.x - rect.x - 1));
  const y = Math.max(0, Math.min(rect.height - 3, mouse.y - rect.y - 1));
  return [{ effect: { do: 'mouse-in-shell', id: shell.id, mouse: { ...mouse, x, y } } }];
}

/** The wheel moves what is under the pointer, whatever has the focus. */
function wheelIntents(state: State, mouse: Mouse, direction: 1 | -1): readonly Intent[] {
  const overlay = state.overlays.at(-1);
  if (overlay !== undefined && overlay.kind !== 'engines')
    return pressOverlay(state, overlay, direction > 0 ? 'down' : 'up');
  if (isConnecting(state)) return [{ event: { type: 'choice-moved', by: direction } }];
  const at = paneAt(selectLayout(state), mouse.x, mouse.y);
  if (at === null) return [];
  if (at.focus === 'terminal') return inShell(state, mouse, at.rect);
  if (at.focus === 'wire') return wheelWire(state, direction * WHEEL_LINES);
  if (at.focus === 'lesson') return scrollLesson(state, direction * WHEEL_LINES);
  if (isList(at.focus)) return moveSelection({ ...state, focus: at.focus }, direction);
  if (state.tabs[state.subject] === 'logs')
    return changeLog(state, (log, size) => scrollLog(log, direction * WHEEL_LINES, size));
  if (state.tabs[state.subject] === 'files') return moveFile(state, direction * WHEEL_LINES);
  if (state.tabs[state.subject] === 'layers') return moveInLayers(state, direction);
  return changeTree(state, (tree, height) => moveTreeCursor(tree, direction * WHEEL_LINES, height));
}
