import { CONNECT_KEYS } from '../connect-keys.ts';
import { isConnecting } from '../is-connecting.ts';
import { ACTIONS, activeScopes, keysOf, SCOPE_TITLES } from '../keymap.ts';
import { keyLabel } from '../key-label.ts';
import type { State } from '../state.ts';
import type { OverlayView } from './overlay-view.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';

const KEYS_WIDTH = 16;

/** Every key, those that work here first; on the connect screen its own. */
export function helpView(state: State, scroll: number): OverlayView {
  const lines = isConnecting(state) ? connectLines() : actionLines(state);
  return { title: 'Keys', width: 64, lines, selected: -1, scroll, cursor: null };
}

function connectLines(): Line[] {
  return CONNECT_KEYS.map(({ keys, title }) => keyLine(keys.map(keyLabel), title));
}

function keyLine(keys: readonly string[], title: string): Line {
  return [piece(keys.join('  ').padEnd(KEYS_WIDTH), 'key'), piece(title)];
}

function actionLines(state: State): Line[] {
  const here = activeScopes(state);
  const others = (Object.keys(SCOPE_TITLES) as (keyof typeof SCOPE_TITLES)[]).filter(
    (s) => !here.includes(s),
  );
  const lines: Line[] = [];
  for (const scope of [...here, ...others]) {
    const actions = ACTIONS.filter((a) => a.scope === scope);
    if (actions.length === 0) continue;
    if (lines.length > 0) lines.push(EMPTY_LINE);
    lines.push([piece(SCOPE_TITLES[scope], 'title'), piece(here.includes(scope) ? '  (here)' : '', 'quiet')]);
    for (const action of actions) lines.push(keyLine(keysOf(state, action).map(keyLabel), action.title));
  }
  return lines;
}
