import { describe, expect, test } from 'vitest';
import { NO_CALLS, newSincePause, openCall, reduceWire, type WireLog } from '../../src/model/wire-log.ts';
import type { WireCall } from '../../src/wire/wire-call.ts';
import { aCall, json } from './wire-calls.ts';

const told = (wire: WireLog, ...made: readonly WireCall[]): WireLog =>
  reduceWire(wire, { type: 'wire-called', calls: made });
const ids = (wire: WireLog): number[] => wire.calls.map((call) => call.id);
const many = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => aCall(from + i, 'GET /info'));

describe('the calls that are kept', () => {
  test('are one for each id, in the newest state that was told', () => {
    const first = told(NO_CALLS, aCall(1, 'GET /a', { status: null }), aCall(2, 'GET /b'));
    const then = told(first, aCall(1, 'GET /a 404'), aCall(3, 'GET /c'));
    expect(ids(then)).toEqual([1, 2, 3]);
    expect(then.calls[0]?.status).toBe(404);
    expect(first.calls[0]?.status).toBeNull();
  });
  test('stand in the order of their ids, whatever order they are told in', () => {
    expect(ids(told(told(NO_CALLS, aCall(3, 'GET /c')), aCall(1, 'GET /a'), aCall(2, 'GET /b')))).toEqual([
      1, 2, 3,
    ]);
  });
  test('are the newest 2,000; news of a forgotten one does not bring it back', () => {
    const full = told(told(NO_CALLS, ...many(1, 1_500)), ...many(1_501, 700));
    expect([full.calls.length, full.calls[0]?.id, full.calls.at(-1)?.id]).toEqual([2_000, 201, 2_200]);
    expect(ids(told(full, aCall(200, 'GET /events')))).toEqual(ids(full));
  });
});

describe('a pause', () => {
  test('counts what comes in, and not what was known', () => {
    const wire = told(NO_CALLS, ...many(1, 3));
    const paused = reduceWire(wire, { type: 'wire-changed', view: { paused: wire.calls } });
    expect(newSincePause(wire)).toBe(0);
    expect(newSincePause(paused)).toBe(0);
    expect(newSincePause(told(paused, aCall(2, 'GET /info'), ...many(4, 5)))).toBe(5);
    expect(told(paused, ...many(4, 5)).paused).toHaveLength(3);
  });
  test('of an empty list counts everything', () => {
    const paused = reduceWire(NO_CALLS, { type: 'wire-changed', view: { paused: [] } });
    expect(newSincePause(told(paused, ...many(7, 2)))).toBe(2);
  });
});

test('an open call goes on with its tree as the person has folded it, also when it is forgotten in the list', () => {
  const asked = aCall(1, 'POST /containers/create', { request: json({ Image: 'a' }) });
  const opened = openCall(asked);
  const wire = { ...told(NO_CALLS, asked), open: opened };
  const answered = told(wire, { ...asked, response: json({ Id: 'x' }) });
  expect(answered.open?.tree.rows.map((row) => row.path)).toEqual([
    '.request',
    '.request.Image',
    '.response',
    '.response.Id',
  ]);
  expect(told(wire, aCall(2, 'GET /info')).open).toBe(opened);
  expect(told({ ...wire, from: 5 }, { ...asked, status: 500 }).open?.call.status).toBe(500);
});
