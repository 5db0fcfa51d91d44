import { describe, expect, test } from 'vitest';
import { KINDS } from '../../src/engine/objects.ts';
import type { Event } from '../../src/model/events.ts';
import { selectListPane } from '../../src/model/select-list-pane.ts';
import { selectScreen } from '../../src/model/select-screen.ts';
import { initialState } from '../../src/model/state.ts';
import { aContainer, after, anImage, aVolume, holding, NOW, pressed, read } from './build-state.ts';

const sampled = (cpuPercent: number): Event => ({
  type: 'stats-sampled',
  samples: [
    {
      container: 'c-web',
      sample: {
        at: NOW,
        cpuPercent,
        memory: cpuPercent,
        memoryLimit: 0,
        networkIn: 0,
        networkOut: 0,
        blockIn: 0,
        blockOut: 0,
        pids: 1,
      },
    },
  ],
});
const HELD = {
  container: [aContainer('web'), aContainer('db', { state: 'exited' })],
  image: [anImage('tiny:1')],
  volume: [aVolume('notes')],
};

describe('the screen', () => {
  test('of the same state is the same object', () => {
    const state = holding(HELD);
    expect(selectScreen(state)).toBe(selectScreen({ ...state }));
  });
  test('does not change with a sample that reads the same', () => {
    const state = after(holding(HELD), sampled(1.01));
    expect(selectScreen(after(state, sampled(1.02)))).toBe(selectScreen(state));
  });
  test('shows the same after a list was read again that is as it was', () => {
    const state = holding(HELD);
    const again = after(state, read('image', [anImage('tiny:1')]), read('volume', [aVolume('notes')]));
    expect(selectScreen(again).lists).toEqual(selectScreen(state).lists);
  });
  test('changes in the containers only when a sample reads otherwise', () => {
    const before = selectScreen(after(holding(HELD), sampled(1)));
    const now = selectScreen(after(holding(HELD), sampled(1), sampled(2)));
    expect(now.lists[0]).not.toBe(before.lists[0]);
  });
  test('keeps the other panes’ views when the selection moves', () => {
    const state = holding(HELD);
    const before = selectScreen(state);
    const now = selectScreen(pressed(state, 'j').state);
    expect(now.lists.map((list, i) => list === before.lists[i])).toEqual([false, true, true, true]);
    expect(now.status).toBe(before.status);
  });
  test('is the connect screen until there is an engine, and while another one is chosen', () => {
    expect(selectScreen(initialState({ columns: 80, rows: 24 }, NOW)).kind).toBe('connect');
    expect(selectScreen(pressed(holding(HELD), 'ctrl-o').state).kind).toBe('connect');
    expect(selectScreen(holding(HELD)).kind).toBe('panes');
  });
  test('asks for more room where there is too little', () => {
    expect(selectScreen(holding({ ...HELD, size: { columns: 79, rows: 24 } })).kind).toBe('too-small');
  });
});

describe('a list pane', () => {
  const many = Array.from({ length: 1000 }, (_, i) => aContainer(`c${String(i).padStart(4, '0')}`));
  test('has only the rows in view, with the selected one among them', () => {
    const state = pressed(holding({ container: many, size: { columns: 80, rows: 24 } }), 'G').state;
    const pane = selectListPane(state, 'container')!;
    expect(pane.rows.length).toBeLessThanOrEqual(pane.height);
    expect(pane.rows[pane.selected]?.name).toBe('c0999');
    expect(pane.note).toContain('1000');
  });
  test('that fills the screen has titles, and is the only one', () => {
    const { state } = pressed(holding(HELD), '+');
    expect(selectListPane(state, 'container')).toMatchObject({ titled: true, first: true, last: true });
    expect(KINDS.filter((kind) => selectListPane(state, kind) !== null)).toEqual(['container']);
  });
  test.each([
    ['space', '1 marked'],
    ['O', '↓ running first'],
    ['o', '↑ name'],
  ])('notes what %j did: %s', (key, note) => {
    expect(selectListPane(pressed(holding(HELD), key).state, 'container')?.note).toContain(note);
  });
  test('says that it is filtered, and when nothing matches', () => {
    const { state } = pressed(holding(HELD), '/', 'z', 'z', 'enter');
    expect(selectListPane(state, 'container')).toMatchObject({
      message: expect.stringContaining('Esc') as string,
    });
    expect(selectListPane(state, 'container')?.note).toContain('/zz');
  });
  test('says that it is being read, why it could not be, and that it is old', () => {
    const start = { ...holding(HELD), objects: initialState({ columns: 80, rows: 24 }, NOW).objects };
    const failed: Event = { type: 'list-failed', kind: 'image', why: 'boom' };
    expect(selectListPane(start, 'image')?.message).toBe('Reading …');
    expect(selectListPane(after(start, failed), 'image')).toMatchObject({
      message: 'boom',
      messageTone: 'bad',
    });
    const old = selectListPane(after(holding(HELD), failed), 'image');
    expect(old).toMatchObject({ message: '', note: expect.stringContaining('not up to date') as string });
  });
  test('says in an empty list what can be done', () => {
    for (const kind of KINDS) expect(selectListPane(holding(), kind)?.message).not.toBe('');
  });
});
