import { describe, expect, test } from 'vitest';
import { selectLayout, shellSize, type Rect } from '../../src/model/layout.ts';
import type { Focus, Size, State } from '../../src/model/state.ts';
import { after, pressed } from './build-state.ts';
import { learning } from './a-lesson.ts';

const SMALL: Size = { columns: 80, rows: 24 };
const MIDDLE: Size = { columns: 120, rows: 40 };
const WIDE: Size = { columns: 200, rows: 60 };
const at = (size: Size): State => learning(1, {}, { size });
const shown = (state: State): Focus[] => (Object.keys(selectLayout(state).panes) as Focus[]).toSorted();
const LISTS: Focus[] = ['container', 'image', 'network', 'volume'];

function coverage(size: Size, rects: readonly Rect[]): Set<number> {
  const cells = Array.from({ length: size.columns * size.rows }, () => 0);
  for (const { x, y, width, height } of rects)
    for (let row = y; row < y + height; row += 1)
      for (let column = x; column < x + width; column += 1) cells[row * size.columns + column]! += 1;
  return new Set(cells);
}

describe('with a lesson open, the panes', () => {
  const sizes: Size[] = [80, 95, 109, 110, 120, 169, 170, 200, 240].flatMap((columns) =>
    [24, 25, 31, 32, 33, 40, 60, 70].map((rows) => ({ columns, rows })),
  );
  test.each(sizes)('cover $columns×$rows without a gap or an overlap, whatever has the focus', (size) => {
    for (const key of ['1', '3', '5', '6', '7', '8', '+']) {
      const { panes, status, bottom } = selectLayout(pressed(at(size), key).state);
      expect(coverage(size, [...Object.values(panes), status, bottom]), key).toEqual(new Set([1]));
    }
  });
  test('are the lesson and the terminal on a small screen, about half each', () => {
    const { panes } = selectLayout(at(SMALL));
    expect(shown(at(SMALL))).toEqual(['lesson', 'terminal']);
    expect([panes.lesson?.height, panes.terminal?.height]).toEqual([11, 11]);
    expect(panes.lesson?.width).toBe(80);
  });
  test('are a list and the details above the terminal on a small screen while one of them has the focus', () => {
    for (const key of ['1', '2', '5']) {
      const { state } = pressed(at(SMALL), key);
      expect(shown(state)).toContain('details');
      expect(shown(state)).not.toContain('lesson');
      expect(shown(pressed(state, '8').state)).toEqual(['lesson', 'terminal']);
      expect(shown(pressed(state, '6').state)).toEqual(['lesson', 'terminal']);
    }
  });
  test('leave what stands above as it is when the wire takes the place of the terminal', () => {
    expect(shown(pressed(at(SMALL), '7').state)).toEqual(['lesson', 'wire']);
    expect(shown(pressed(at(SMALL), '1', '7').state)).toEqual(['container', 'details', 'wire']);
  });
  test('are lists beside the lesson at 120×40, which has eighteen lines at least', () => {
    const state = at(MIDDLE);
    expect(shown(state)).toEqual([...LISTS, 'lesson', 'terminal', 'wire'].toSorted());
    expect(selectLayout(state).panes.lesson!.height - 2).toBeGreaterThanOrEqual(18);
    expect(shown(pressed(state, '2').state)).toContain('lesson');
    const details = pressed(state, '5').state;
    expect(shown(details)).toContain('details');
    expect(shown(details)).not.toContain('lesson');
    expect(shown(pressed(details, '6').state)).toContain('lesson');
  });
  test('are all of them at 200×60, the lesson right of the details', () => {
    const { panes } = selectLayout(at(WIDE));
    expect(Object.keys(panes)).toHaveLength(8);
    expect(panes.lesson!.x).toBe(panes.details!.x + panes.details!.width);
  });
  test('keep the size of the shell, whatever stands above it', () => {
    for (const size of [SMALL, MIDDLE, WIDE]) {
      const before = shellSize(at(size));
      for (const key of ['1', '5', '6', '8'])
        expect(shellSize(pressed(at(size), key).state), key).toEqual(before);
    }
  });
  test('give way to the lesson that fills the screen, and come back', () => {
    const { state } = pressed(at(SMALL), '+');
    expect(selectLayout(state).panes).toEqual({ lesson: { x: 0, y: 1, width: 80, height: 22 } });
    expect(shown(pressed(state, '+').state)).toEqual(['lesson', 'terminal']);
  });
});

describe('the focus', () => {
  test('goes to the lesson when it is opened, with the terminal in view and nothing over it', () => {
    const { state } = pressed(at(SMALL), 'L');
    expect(state.overlays).toHaveLength(1);
    const again = after(state, { type: 'lesson-opened', lesson: state.learn.lesson! });
    expect([again.focus, again.dock.open, again.overlays]).toEqual(['lesson', true, []]);
  });
  test('goes round by tab, from the details to the lesson and on to the terminal', () => {
    const order: Focus[] = [];
    let state = pressed(at(WIDE), '4').state;
    for (let i = 0; i < 5; i += 1) {
      order.push(state.focus);
      ({ state } = pressed(state, ...(state.focus === 'terminal' ? ['ctrl-g', 'tab'] : ['tab'])));
    }
    expect(order).toEqual(['network', 'details', 'lesson', 'terminal', 'wire']);
  });
  test('goes back to the list when the lesson that had it is closed, which fills the screen no more', () => {
    const state = after(pressed(at(SMALL), '+').state, { type: 'lesson-closed' });
    expect([state.focus, state.zoomed]).toEqual(['container', false]);
    expect(shown(state)).toEqual(['container', 'details', 'terminal']);
  });
  test('stays out of a lesson where none is open, and says how to open one', () => {
    const closed = after(at(MIDDLE), { type: 'lesson-closed' });
    const { state } = pressed(closed, '8');
    expect(state.focus).toBe('container');
    expect(state.notice?.text).toBe('No lesson is open: L shows them.');
  });
  test('survives that another engine is connected, as the lesson does', () => {
    const state = after(at(MIDDLE), {
      type: 'engine-connected',
      family: 'docker',
      host: 'unix:///run/sandbox.sock',
      apiVersion: '1.41',
      sandbox: 'passing',
    });
    expect(state.focus).toBe('lesson');
    expect(state.learn.lesson?.lesson.id).toBe('thin-layer');
  });
});

describe('on a small screen, what is only to be read or answered', () => {
  test('takes most of it, whatever has the focus', () => {
    for (const step of [-1, 0, 3, 4]) {
      const state = learning(Math.max(0, step), { shown: step }, { size: SMALL });
      for (const key of ['6', '8'])
        expect(selectLayout(pressed(state, key).state).panes.lesson?.height, key).toBe(16);
    }
  });
});
