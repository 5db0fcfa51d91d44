import { describe, expect, test } from 'vitest';
import { mouseIntents, type Mouse } from '../../src/model/mouse.ts';
import { selectLayout } from '../../src/model/layout.ts';
import { selectDetails } from '../../src/model/select-details.ts';
import { selectRow } from '../../src/model/select-rows.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, anImage, follow, holding, pressed } from './build-state.ts';

const many = Array.from({ length: 60 }, (_, i) => aContainer(`c${String(i).padStart(2, '0')}`));
const start = holding({
  container: many,
  image: [anImage('own:2'), anImage('tiny:1')],
  size: { columns: 100, rows: 30 },
});
const at = (x: number, y: number, action: Mouse['action']): Mouse => ({
  action,
  button: 'left',
  x,
  y,
  shift: false,
  alt: false,
  ctrl: false,
});
const click = (state: State, x: number, y: number): State =>
  follow(state, mouseIntents(state, at(x, y, 'press')));
const name = (state: State, kind: 'container' | 'image' = 'container'): string | undefined =>
  selectRow(state, kind)?.name;

describe('a click', () => {
  test('on a row selects it and focuses its list', () => {
    const images = selectLayout(start).panes.image!;
    const state = click(start, images.x + 3, images.y + 2);
    expect([state.focus, name(state, 'image')]).toEqual(['image', 'tiny:1']);
  });
  test('counts from the first row in view of a list that was scrolled', () => {
    const state = pressed(start, 'G').state;
    const list = selectLayout(state).panes.container!;
    const last = click(state, 3, list.y + list.height - 1);
    expect(name(last)).toBe('c59');
    expect(name(click(state, 3, list.y + list.height - 2))).toBe('c58');
  });
  test('below the title line of a list that fills the screen hits the row it points at', () => {
    const state = pressed(start, '+').state;
    expect(name(click(state, 3, 3))).toBe('c00');
    expect(name(click(state, 3, 5))).toBe('c02');
  });
  test('on a title, a border or an empty line only focuses', () => {
    const { image, volume } = selectLayout(start).panes;
    expect(click(start, 3, image!.y)).toMatchObject({ focus: 'image', lists: start.lists });
    expect(click(start, 3, volume!.y + 1)).toMatchObject({ focus: 'volume', lists: start.lists });
  });
  test('on the name of a tab opens it', () => {
    const details = selectDetails(start)!;
    for (const { tab, from, label } of details.tabs)
      for (const x of [from, from + label.length - 1]) {
        const state = click(start, details.rect.x + x, details.rect.y);
        expect([state.tabs.container, state.focus]).toEqual([tab, 'details']);
      }
  });
  test('on the lines above and below, or under an overlay, does nothing', () => {
    expect(click(start, 5, 0)).toBe(start);
    const asking = pressed(start, 'x').state;
    expect(click(asking, 5, 5)).toBe(asking);
  });
});

const wheeled = (state: State, x: number, y: number, direction: 1 | -1) =>
  mouseIntents(state, at(x, y, direction < 0 ? 'wheel-up' : 'wheel-down'));

describe('the wheel', () => {
  const wheel = (state: State, x: number, y: number, direction: 1 | -1): State =>
    follow(state, wheeled(state, x, y, direction));
  test('moves what is under it, and leaves the focus', () => {
    const images = selectLayout(start).panes.image!;
    const state = wheel(start, 3, images.y + 1, 1);
    expect([state.focus, name(state, 'image'), name(state)]).toEqual(['container', 'tiny:1', 'c00']);
    expect(name(wheel(state, 3, images.y + 1, -1), 'image')).toBe('own:2');
  });
  test('scrolls an overlay, whatever lies under it', () => {
    expect(wheel(pressed(start, '?').state, 3, 5, 1).overlays).toEqual([{ kind: 'help', scroll: 1 }]);
  });
  test('never takes an answer', () => {
    const asking = pressed(start, 'x').state;
    expect(wheeled(asking, 3, 5, 1).every((intent) => 'event' in intent)).toBe(true);
  });
});
