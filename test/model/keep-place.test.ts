import { describe, expect, test } from 'vitest';
import { bulkCommandLine } from '../../src/engine/command-line.ts';
import { selectListPane } from '../../src/model/select-list-pane.ts';
import { selectRow } from '../../src/model/select-rows.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, after, anImage, holding, pressed, read, typed } from './build-state.ts';

const container = ['app', 'db', 'web'].map((name) => aContainer(name));
const start = holding({ container });
const at = (state: State): string | undefined => selectRow(state, 'container')?.name;
const stops = (state: State): string[] =>
  pressed(state, 's').effects.map((e) =>
    e.do === 'carry-out' ? bulkCommandLine(e.commands, 'docker') : e.do,
  );

describe('the selection', () => {
  test('is held to its row from the first list on, before any key', () => {
    const state = after(start, read('container', [aContainer('aaa'), ...container]));
    expect(at(state)).toBe('app');
    expect(stops(state)).toEqual(['docker stop app']);
  });
  test('is held to the row that took over from one that is gone', () => {
    const gone = after(pressed(start, 'j').state, read('container', [container[0]!, container[2]!]));
    expect(at(gone)).toBe('web');
    expect(at(after(gone, read('container', [aContainer('aaa'), container[0]!, container[2]!])))).toBe('web');
  });
  test('goes to the neighbour in the place where the row was last seen', () => {
    const stopped = [
      ...container.slice(1),
      aContainer('old', { state: 'exited' }),
      aContainer('app', { state: 'exited' }),
    ];
    const sunk = after(start, read('container', stopped));
    expect(at(sunk)).toBe('app');
    expect(at(after(sunk, read('container', stopped.slice(0, 3))))).toBe('old');
  });
  test('is held among the rows that a filter leaves', () => {
    const filtered = pressed(
      holding({ container: [...container, aContainer('web-2')] }),
      '/',
      ...typed('web'),
      'enter',
    ).state;
    const shown = at(filtered);
    const more = after(filtered, read('container', [...container, aContainer('web-2'), aContainer('a-web')]));
    expect(at(more)).toBe(shown);
  });
  test('waits for a container that was just run', () => {
    const awaited = after(start, { type: 'list-changed', kind: 'container', view: { selected: 'c-new' } });
    const other = after(awaited, read('container', [...container, aContainer('other')]));
    expect(at(after(other, read('container', [...container, aContainer('new')])))).toBe('new');
  });
  test('of a list that was emptied is on the first row of what comes next', () => {
    expect(at(after(pressed(start, 'G').state, read('container', []), read('container', container)))).toBe(
      'app',
    );
  });
});

describe('marks', () => {
  test('go with their rows', () => {
    const marked = pressed(start, 'space', 'space').state;
    const gone = after(marked, read('container', container.slice(1)));
    expect([...gone.lists.container.marked]).toEqual(['c-db']);
    expect(selectListPane(after(gone, read('container', [])), 'container')?.note).toBe('0');
  });
  test('of a name that an image has lost go too', () => {
    const two = holding({ image: [anImage('a:1', { tags: ['a:1', 'a:2'] })] });
    const marked = pressed(two, '2', 'ctrl-a').state;
    expect(after(marked, read('image', [anImage('a:1')])).lists.image.marked.size).toBe(1);
  });
  test('stay on rows that a filter hides', () => {
    const hidden = pressed(start, 'ctrl-a', '/', ...typed('web'), 'enter').state;
    expect(after(hidden, read('container', [...container])).lists.container.marked.size).toBe(3);
  });
});

test('a list that was read again and is the same leaves the list’s view as it is', () => {
  const state = pressed(start, 'j', 'space').state;
  expect(after(state, read('container', container)).lists).toBe(state.lists);
});
