import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/model/events.ts';
import { selectWireRows, type WireRow } from '../../src/model/wire-rows.ts';
import type { State } from '../../src/model/state.ts';
import { after, NOW, pressed, typed } from './build-state.ts';
import { aCall, calls, endedTyping, onWire, openedShell, RAN, startedTyping } from './wire-calls.ts';

const SIZE = { columns: 120, rows: 40 };
const text = (row: WireRow): string =>
  row.kind === 'heading' ? row.text : `  ${row.call.method} ${row.call.path}`;
const shown = (state: State): string[] => selectWireRows(state).rows.map(text);
const after1 = (...events: Event[]): State => onWire(SIZE, ...RAN, ...events);
const REMOVED: Event[] = [
  startedTyping(2, 'docker rm web', NOW + 600),
  calls(aCall(61, 'HEAD /_ping'), aCall(62, 'DELETE /containers/web 409')),
  endedTyping(2, 1, NOW + 700),
];

describe('the list of calls', () => {
  test('has each call below the command that made it, newest last', () => {
    expect(shown(after1(...REMOVED))).toEqual([
      '$ docker run -d --name web tiny:1 sleep 1d',
      '  HEAD /_ping',
      '  POST /containers/create',
      `  POST /containers/${'c0ffee'.repeat(10)}beef/start`,
      '$ docker rm web',
      '  HEAD /_ping',
      '  DELETE /containers/web',
    ]);
  });
  test('has no line for a command that says nothing to the engine', () => {
    expect(shown(onWire(SIZE, startedTyping(1, 'ls'), endedTyping(1, 0, NOW + 5)))).toEqual([]);
  });
  test('finds the command also when its mark comes in after its call', () => {
    const early = onWire(SIZE, calls(aCall(1, 'GET /containers/json', { at: NOW })));
    expect(shown(early)).toEqual(['in bash', '  GET /containers/json']);
    expect(shown(after(early, startedTyping(1, 'docker ps', NOW + 20)))[0]).toBe('$ docker ps');
  });
  test('keeps calls between commands where they were made', () => {
    const state = after1(calls(aCall(45, 'GET /containers/json', { at: NOW + 460 })), ...REMOVED);
    expect(shown(state).slice(4, 7)).toEqual([
      'by itself, in bash',
      '  GET /containers/json',
      '$ docker rm web',
    ]);
  });
  test('says which shell a call comes from, where that does not tell of its commands', () => {
    const state = onWire(
      SIZE,
      openedShell(2, 'sh'),
      calls(
        aCall(1, 'GET /info', { source: 2 }),
        aCall(2, 'GET /volumes', { source: 9 }),
        aCall(3, 'GET /networks', { source: 2 }),
        aCall(4, 'GET /info', { source: 0 }),
      ),
    );
    expect(shown(state)).toEqual([
      'in sh',
      '  GET /info',
      '  GET /networks',
      'in a shell that is closed',
      '  GET /volumes',
      'by the lesson itself',
      '  GET /info',
    ]);
  });
  test('is the same object as long as nothing in it is another', () => {
    const state = after1(...REMOVED);
    const rows = selectWireRows(state);
    const drawn = {
      columns: 80,
      rows: [],
      cursor: null,
      title: '',
      alternate: false,
      mouse: false,
      scrolledBack: 0,
      scrollback: 0,
      commands: [],
      running: '',
    };
    expect(selectWireRows(after(state, { type: 'shell-drawn', id: 1, screen: drawn }))).toBe(rows);
    expect(selectWireRows(pressed(state, 'k', 'k').state)).toBe(rows);
  });
});

describe('a filter finds calls by', () => {
  test.each([
    ['method', 'delete', ['/containers/web']],
    ['a part of the path', 'create', ['/containers/create']],
    ['the query', 'name=web', ['/containers/create']],
    ['status', 'status:409', ['/containers/web']],
    ['the command that made them', 'command:rm', ['/_ping', '/containers/web']],
    ['several words', 'post !start', ['/containers/create']],
    ['nothing that is not there', 'swarm', []],
  ])('%s: %s', (_, filter, paths) => {
    const { state } = pressed(after1(...REMOVED), '/', ...typed(filter), 'enter');
    const { rows, shown: count, all } = selectWireRows(state);
    expect(rows.flatMap((row) => (row.kind === 'call' ? [row.call.path] : []))).toEqual(paths);
    expect([count, all]).toEqual([paths.length, 5]);
    expect(selectWireRows(pressed(state, 'esc').state).shown).toBe(5);
  });
  test('text that is typed, and goes back to what it was', () => {
    const { state } = pressed(after1(...REMOVED), '/', ...typed('rm'), 'esc');
    expect(state.wire.filter).toBe('');
    expect(selectWireRows(state).shown).toBe(5);
  });
});

test('what clients ask first can be hidden, and comes back', () => {
  const hidden = pressed(after1(...REMOVED), 'h').state;
  expect(shown(hidden).filter((line) => line.includes('_ping'))).toEqual([]);
  expect(selectWireRows(hidden)).toMatchObject({ shown: 3, all: 5 });
  expect(selectWireRows(pressed(hidden, 'h').state).shown).toBe(5);
});
