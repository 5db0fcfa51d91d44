import { describe, expect, test } from 'vitest';
import { mouseIntents, type Mouse } from '../../src/model/mouse.ts';
import { selectWire } from '../../src/model/select-wire.ts';
import type { State } from '../../src/model/state.ts';
import { after, follow, pressed } from './build-state.ts';
import { aCall, calls, onWire, RAN } from './wire-calls.ts';

const ran = onWire({ columns: 120, rows: 40 }, ...RAN);

/** What the mouse does in a line of the pane; 1 is the first below its title. */
function mouse(state: State, line: number, action: Mouse['action'] = 'press'): State {
  const { x, y } = selectWire(state)!.rect;
  const where = { x: x + 5, y: y + line, button: 'left', shift: false, alt: false, ctrl: false } as const;
  return follow(state, mouseIntents(state, { action, ...where }));
}
const content = (state: State) => selectWire(state)!.content;
const isOpen = (state: State): string => state.wire.open?.call.path ?? '';

describe('a click in the wire', () => {
  test('selects a call, and opens it the second time', () => {
    const once = mouse(after(ran, { type: 'focus-moved', to: 'container' }), 3);
    expect([once.focus, isOpen(once)]).toEqual(['wire', '']);
    expect(content(once)).toMatchObject({ kind: 'list', selected: 2 });
    expect(isOpen(mouse(once, 3))).toBe('/containers/create');
  });
  test('does nothing on a command, on the title and below the last call', () => {
    for (const line of [0, 1, 7, 12]) expect(mouse(ran, line).wire, `line ${line}`).toBe(ran.wire);
  });
  test('goes to a line of an open call, and folds it the second time', () => {
    const open = pressed(ran, 'k', 'enter').state;
    const shown = content(open);
    if (shown.kind !== 'call') throw new Error('it is not open');
    const line = 1 + shown.heading.length + 2;
    const once = mouse(open, line);
    expect(once.wire.open?.tree.cursor).toBe(2);
    expect(once.wire.open?.tree.rows).toHaveLength(open.wire.open!.tree.rows.length);
    expect(mouse(once, line).wire.open!.tree.rows.length).toBeLessThan(open.wire.open!.tree.rows.length);
  });
});

test('the wheel moves through the calls, and down to the newest', () => {
  const state = after(ran, calls(...Array.from({ length: 50 }, (_, i) => aCall(10 + i, 'GET /networks'))));
  const up = mouse(state, 3, 'wheel-up');
  expect(up.wire.cursor?.id).toBe(56);
  expect(mouse(up, 3, 'wheel-down').wire.cursor).toBeNull();
});
