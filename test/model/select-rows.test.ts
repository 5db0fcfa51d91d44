import { describe, expect, test } from 'vitest';
import { shortId } from '../../src/engine/object-id.ts';
import type { Event } from '../../src/model/events.ts';
import { selectRow, selectRows, selectTargets } from '../../src/model/select-rows.ts';
import { SORTINGS } from '../../src/model/rows.ts';
import type { State } from '../../src/model/state.ts';
import {
  aContainer,
  after,
  anImage,
  aNetwork,
  aVolume,
  holding,
  NOW,
  pressed,
  read,
  unreadable,
} from './build-state.ts';

const names = (state: State, kind: 'container' | 'image' | 'volume' | 'network' = 'container'): string[] =>
  selectRows(state, kind).map((row) => row.name);
const view = (filter: string): Event => ({ type: 'list-changed', kind: 'container', view: { filter } });
const THREE = [aContainer('app'), aContainer('db'), aContainer('web')];

describe('rows', () => {
  test('are one per container, and one per name of an image', () => {
    const image = anImage('tiny:1', { tags: ['tiny:1', 'own/tiny:2'] });
    expect(names(holding({ image: [image] }), 'image')).toEqual(['own/tiny:2', 'tiny:1']);
  });
  test('of an image without a name go by its short id', () => {
    const id = `sha256:${'ab'.repeat(32)}`;
    expect(names(holding({ image: [anImage('', { id })] }), 'image')).toEqual([shortId(id)]);
    expect(shortId(id)).toBe('abababababab');
  });
  test('have keys of their own within their list', () => {
    const tags = ['a:1', 'a:2', 'b:1'];
    const image = [anImage('a:1', { tags }), anImage('z:1')];
    const keys = selectRows(holding({ image }), 'image').map((row) => row.key);
    expect(new Set(keys).size).toBe(4);
  });
  test('that could not be read keep their place', () => {
    expect(names(holding({ container: [...THREE, unreadable('container', 'odd')] }))).toContain('odd');
  });
  test('stay the same objects when another item changes', () => {
    const before = holding({ container: THREE });
    const changed = after(
      before,
      read('container', [THREE[0]!, THREE[1]!, aContainer('web', { image: 'other:1' })]),
    );
    expect(selectRows(changed, 'container').slice(0, 2)).toEqual(selectRows(before, 'container').slice(0, 2));
    expect(selectRows(changed, 'container')[0]).toBe(selectRows(before, 'container')[0]);
  });
  test('of a list that has not arrived are none', () => {
    expect(
      names({ ...holding(), objects: { ...holding().objects, container: { items: null, failed: '' } } }),
    ).toEqual([]);
  });
});

describe('sorting', () => {
  const all = [
    aContainer('b-stopped', { state: 'exited', createdAt: NOW - 1 }),
    aContainer('z-running', { createdAt: NOW - 3 }),
    aContainer('a-running', { createdAt: NOW - 2 }),
  ];
  test.each([
    ['running first', ['a-running', 'z-running', 'b-stopped']],
    ['name', ['a-running', 'b-stopped', 'z-running']],
    ['newest', ['b-stopped', 'a-running', 'z-running']],
  ])('of containers by %s', (title, order) => {
    const sort = SORTINGS.container.findIndex((s) => s.title === title);
    const state = after(holding({ container: all }), {
      type: 'list-changed',
      kind: 'container',
      view: { sort },
    });
    expect(names(state)).toEqual(order);
  });
  test('can be turned round', () => {
    expect(names(pressed(holding({ container: THREE }), 'O').state)).toEqual(['web', 'db', 'app']);
  });
  test('goes through all orders of a list and begins again', () => {
    const keys = Array.from({ length: SORTINGS.volume.length }, () => 'o');
    expect(pressed(holding(), '3', ...keys).state.lists.volume.sort).toBe(0);
    expect(pressed(holding(), '3', ...keys.slice(1)).state.lists.volume.sort).toBe(
      SORTINGS.volume.length - 1,
    );
  });
  test('has own networks before the engine’s, named volumes before the others', () => {
    const network = [aNetwork('bridge', { builtIn: true }), aNetwork('own')];
    const volume = [aVolume('0f', { anonymous: true }), aVolume('notes')];
    expect(names(holding({ network }), 'network')).toEqual(['own', 'bridge']);
    expect(names(holding({ volume }), 'volume')).toEqual(['notes', '0f']);
  });
});

describe('a filter', () => {
  const labelled = [
    aContainer('web', { labels: { tier: 'front' } }),
    aContainer('db', { image: 'postgres:17' }),
  ];
  test.each([
    ['tier=front', ['web']],
    ['POSTGRES', ['db']],
    ['!web', ['db']],
    ['c-web', ['web']],
    ['nothing-like-it', []],
  ])('%s leaves %j', (filter, left) => {
    expect(names(after(holding({ container: labelled }), view(filter)))).toEqual(left);
  });
  test('touches its own list only', () => {
    const before = holding({ container: labelled, image: [anImage('tiny:1')] });
    expect(selectRows(after(before, view('x')), 'image')).toBe(selectRows(before, 'image'));
  });
});

describe('the selection', () => {
  const at = (state: State): string | undefined => selectRow(state, 'container')?.name;

  test('stays on its row when rows come and go around it', () => {
    const state = pressed(holding({ container: THREE }), 'j').state;
    expect(at(state)).toBe('db');
    expect(at(after(state, read('container', [aContainer('aaa'), ...THREE])))).toBe('db');
    expect(at(after(state, read('container', THREE.slice(1))))).toBe('db');
  });
  test('goes to the neighbour when its row is gone, and to the new last row at the end', () => {
    const state = pressed(holding({ container: THREE }), 'j').state;
    expect(at(after(state, read('container', [THREE[0]!, THREE[2]!])))).toBe('web');
    const last = pressed(holding({ container: THREE }), 'G').state;
    expect(at(after(last, read('container', THREE.slice(0, 2))))).toBe('db');
  });
  test('of an empty list is none, and moving in it does nothing', () => {
    const { state, effects } = pressed(holding(), 'j', 'k', 'G', 'g', 'space', 's', 'x');
    expect(selectRow(state, 'container')).toBeNull();
    expect(effects).toEqual([]);
    expect(state.overlays).toEqual([]);
  });
  test('moves by steps and pages, and stops at both ends', () => {
    const container = Array.from({ length: 50 }, (_, i) => aContainer(`c${String(i).padStart(2, '0')}`));
    const start = holding({ container, size: { columns: 80, rows: 24 } });
    expect(at(pressed(start, 'k').state)).toBe('c00');
    expect(at(pressed(start, 'G', 'j').state)).toBe('c49');
    expect(at(pressed(start, 'pgdn').state)).not.toBe('c01');
    expect(at(pressed(start, 'pgdn', 'pgup').state)).toBe('c00');
  });
});

describe('what a command acts on', () => {
  const targets = (state: State): string[] => selectTargets(state, 'container').map((row) => row.name);
  test('is the selected row where none is marked, and else the marked ones in their order', () => {
    const start = holding({ container: THREE });
    expect(targets(pressed(start, 'j').state)).toEqual(['db']);
    expect(targets(pressed(start, 'j', 'space', 'g', 'space').state)).toEqual(['app', 'db']);
  });
  test('is all rows after ctrl-a, and the selected one again after another', () => {
    const start = holding({ container: THREE });
    expect(targets(pressed(start, 'ctrl-a').state)).toHaveLength(3);
    expect(targets(pressed(start, 'ctrl-a', 'ctrl-a').state)).toEqual(['app']);
  });
  test('is the selected row again when esc has taken the marks away', () => {
    expect(targets(pressed(holding({ container: THREE }), 'space', 'esc').state)).toEqual(['db']);
  });
  test('never is a row that is not there any more', () => {
    const marked = pressed(holding({ container: THREE }), 'space', 'space').state;
    expect(targets(after(marked, read('container', [THREE[1]!, THREE[2]!])))).toEqual(['db']);
  });
});
