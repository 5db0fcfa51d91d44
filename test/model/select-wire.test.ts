import { describe, expect, test } from 'vitest';
import { cellWidth } from '../../src/model/fit-text.ts';
import { selectScreen } from '../../src/model/select-screen.ts';
import { selectWire, type WireView } from '../../src/model/select-wire.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, after, holding, pressed, read, typed } from './build-state.ts';
import { aCall, calls, ID, json, onWire, RAN, RUN_CALLS } from './wire-calls.ts';

const SIZE = { columns: 120, rows: 40 };
const ran = onWire(SIZE, ...RAN);
const view = (state: State): WireView => selectWire(state)!;

type Content<K> = Extract<WireView['content'], { kind: K }>;
function list(state: State): Content<'list'> {
  const { content } = view(state);
  if (content.kind !== 'list') throw new Error(`it shows a ${content.kind}`);
  return content;
}
function opened(state: State): Content<'call'> {
  const { content } = view(state);
  if (content.kind !== 'call') throw new Error(`it shows a ${content.kind}`);
  return content;
}
/** Path of the selected call. */
function selected(state: State): string {
  const { rows, selected: at } = list(state);
  const row = rows[at];
  return row?.kind === 'call' ? row.call.path : 'none';
}
const many = (from: number, count: number) =>
  calls(...Array.from({ length: count }, (_, i) => aCall(from + i, `GET /networks/n${from + i}`)));
const paths = (state: State): string[] =>
  list(state).rows.map((row) => (row.kind === 'call' ? row.call.path : row.text));

describe('the wire pane', () => {
  test('is nowhere while it is not in view', () => {
    expect(selectWire(holding({ size: SIZE }))).toBeNull();
  });
  test('says what it is for, and how to fill it', () => {
    const empty = (state: State): string => {
      const { content } = view(state);
      return content.kind === 'message' ? content.lines.join(' ') : content.kind;
    };
    expect(empty(onWire(SIZE))).toMatch(/what your own commands say .* Type docker ps in the terminal/);
    const closed = after(onWire(SIZE), { type: 'shell-closed', id: 1 });
    expect(empty(closed)).toMatch(/Open a terminal with 6, type docker ps/);
    expect(empty(pressed(ran, '/', ...typed('moon'), 'enter').state)).toBe('No call matches “moon”.');
    const greeting = onWire(SIZE, calls(aCall(1, 'HEAD /_ping')));
    expect(empty(pressed(greeting, 'h').state)).toBe('Only greetings so far: h shows them.');
  });
  test('calls a container that is in the list by its name', () => {
    const state = after(ran, read('container', [aContainer('web', { id: ID })]));
    expect(list(state).below.join(' ')).toBe('It starts the container web.');
    expect(opened(pressed(state, 'enter').state).heading.join(' ')).toContain(
      `${ID}/start It starts the container web.`,
    );
    expect(view(after(state, read('container', [aContainer('web', { id: ID })])))).toBe(view(state));
  });
  test('says in one sentence what the selected call does, and why it did not', () => {
    expect(list(pressed(ran, 'k').state).below.join(' ')).toBe(
      'It creates the container web from tiny:1; it does not run yet.',
    );
    const refused = aCall(4, 'DELETE /containers/web 409', { response: json({ message: 'it still runs' }) });
    expect(list(after(ran, calls(refused))).below.join(' ')).toBe(
      'It removes the container web. 409: it still runs.',
    );
    const missing = aCall(5, 'POST /containers/none/start 404');
    expect(list(after(ran, calls(missing))).below.join(' ')).toBe(
      'It starts the container none. 404: there is no such container.',
    );
  });
  test('gives that sentence the same room whatever it says', () => {
    const heights = ['g', 'j', 'k'].map((key) => list(pressed(ran, key).state).rows.length);
    const wide = list(onWire({ columns: 200, rows: 60 }, ...RAN)).below;
    expect(new Set(heights).size).toBe(1);
    expect(wide).toHaveLength(1);
    for (const line of list(ran).below) expect(cellWidth(line)).toBeLessThanOrEqual(36);
  });
  test('is the same object for the same state, also after what does not concern it', () => {
    const state = pressed(ran, 'k').state;
    expect(selectWire({ ...state })).toBe(selectWire(state));
    expect(selectWire(after(state, { type: 'time-passed', now: 1 }))).toBe(selectWire(state));
    const open = pressed(state, 'enter').state;
    expect(selectWire(after(open, { type: 'time-passed', now: 1 }))).toBe(selectWire(open));
    expect(selectScreen({ ...open })).toBe(selectScreen(open));
  });
  test('counts the calls, and those that a filter leaves', () => {
    expect(view(ran).count).toBe('3');
    expect(view(pressed(ran, '/', ...typed('post'), 'enter').state)).toMatchObject({
      count: '2 of 3',
      status: 'following · “post”',
    });
  });
});

describe('the list of the wire', () => {
  test('follows the newest call', () => {
    const state = after(ran, many(10, 50));
    expect(selected(state)).toBe('/networks/n59');
    expect(paths(state).at(-1)).toBe('/networks/n59');
    expect(view(state).status).toBe('following');
  });
  test('holds still once the person moves up, whatever comes in, and follows again on f and at the end', () => {
    const held = pressed(after(ran, many(10, 50)), 'k', 'k').state;
    const before = paths(held);
    const later = after(held, many(60, 40));
    expect([selected(later), paths(later)]).toEqual(['/networks/n57', before]);
    expect(view(later).status).toBe('held still: f follows');
    for (const key of ['f', 'end', 'G'])
      expect(selected(pressed(later, key).state), key).toBe('/networks/n99');
    expect(view(pressed(held, 'j', 'j').state).status).toBe('following');
  });
  test('keeps the selected call in its line while older calls are forgotten', () => {
    const held = pressed(after(ran, many(10, 1_990)), ...Array.from({ length: 5 }, () => 'k')).state;
    const later = after(held, many(2_000, 500));
    expect([selected(later), paths(later)]).toEqual([selected(held), paths(held)]);
  });
  test('selects calls only, shows their command with the first, and stops at both ends', () => {
    const top = pressed(after(ran, many(10, 50)), 'home').state;
    expect([paths(top)[0], list(top).selected]).toEqual(['$ docker run -d --name web tiny:1 sleep 1d', 1]);
    expect(selected(pressed(top, 'up', 'pgup').state)).toBe('/_ping');
    const moved = pressed(top, 'pgdn', 'pgdn', 'pgdn', 'pgup').state;
    expect(list(moved).rows[list(moved).selected]?.kind).toBe('call');
  });
  test('keeps a place when its call is filtered out', () => {
    const { state } = pressed(ran, 'k', '/', ...typed('start'), 'enter');
    expect(selected(state)).toBe(`/containers/${ID}/start`);
  });
  test('pauses, counts what comes in meanwhile, and shows all of it afterwards', () => {
    const paused = pressed(ran, 'p').state;
    const later = after(paused, many(10, 12));
    expect(paths(later)).toEqual(paths(ran));
    expect(view(later).status).toBe('paused · 12 new');
    expect(selected(pressed(later, 'p').state)).toBe('/networks/n21');
  });
  test('is cleared, and news of calls that were cleared away do not bring them back', () => {
    const cleared = pressed(ran, 'c').state;
    expect(after(cleared, calls(...RUN_CALLS)).wire.calls).toEqual([]);
    expect(paths(after(cleared, many(10, 1)))).toHaveLength(2);
  });
});

describe('an open call', () => {
  const open = pressed(ran, 'k', 'enter').state;

  test('says what was asked, what that means and how it went, and shows what was said as trees', () => {
    const { heading, rows } = opened(pressed(open, '+').state);
    expect(heading).toEqual([
      'POST /containers/create?name=web',
      'It creates the container web from tiny:1; it does not run yet.',
      '✓ 201: it was created · 12 ms · sent 1.5 kB, got 88 B',
      'Slipway has put its label on what this creates.',
    ]);
    expect(rows.map((row) => row.path)).toEqual([
      '.query',
      '.query.name',
      '.request',
      '.request.Image',
      '.request.Cmd',
      '.request.Cmd[0]',
      '.request.Cmd[1]',
      '.request.Env',
      '.request.HostConfig',
      '.request.HostConfig.Binds',
      '.response',
      '.response.Id',
      '.response.Warnings',
    ]);
  });
  test.each([
    [aCall(9, 'GET /info', { masked: true, response: json({ a: 'b' }) }), 'A secret in it is masked.'],
    [
      aCall(9, 'GET /info', { response: { text: '{"a":1,', cut: true } }),
      'Of a long body only the beginning is kept.',
    ],
    [aCall(9, 'GET /containers/a/export', { received: 9e6 }), 'The answer is not kept: it is no JSON.'],
    [
      aCall(9, 'POST /images/load', { sent: 9e6, response: json({}) }),
      'What was sent is not kept: it is no JSON.',
    ],
    [
      aCall(9, 'POST /containers/a/attach 101', { mode: 'upgraded' }),
      'What goes through the pipe is not kept.',
    ],
    [
      aCall(9, 'GET /info', { problem: 'the engine hung up', response: json({}) }),
      'Something went wrong: the engine hung up.',
    ],
  ])('tells what is not as it was: %#', (call, note) => {
    const state = pressed(after(ran, calls(call)), 'enter', '+').state;
    expect(opened(state).heading).toContain(note);
  });
  test('tells how far a call is that goes on', () => {
    const facts = (more: Parameters<typeof aCall>[2]): string =>
      opened(pressed(after(ran, calls(aCall(9, 'GET /events', more))), 'enter', '+').state).heading[2] ?? '';
    expect(facts({ status: null, answeredAfter: null, endedAfter: null })).toMatch(/^… no answer yet · sent/);
    expect(facts({ endedAfter: null })).toBe(
      '… 200: it went well · answered after 10 ms, goes on · sent 0 B, got 88 B',
    );
    expect(facts({ endedAfter: 65_000 })).toContain(' · answered after 10 ms · 1 min · ');
  });
  test('is walked, folded and searched like any tree', () => {
    const at = (state: State): string => opened(state).rows.find((row) => row.selected)?.path ?? '';
    expect(at(pressed(open, 'j', 'j').state)).toBe('.request');
    expect(opened(pressed(open, 'j', 'j', 'enter').state).rows.map((row) => row.path)).not.toContain(
      '.request.Image',
    );
    const found = pressed(open, '/', ...typed('sleep'), 'enter').state;
    expect(at(found)).toBe('.request.Cmd[0]');
    expect(view(found).status).toContain('“sleep” 1 of 1');
    expect(at(pressed(open, 'z', '/', ...typed('tiny'), 'enter').state)).toBe('.request.Image');
    expect(opened(pressed(open, 'R').state).raw).toBe(true);
  });
  test('leads to its neighbours, and back to the list where it stands', () => {
    expect(opened(pressed(open, ']').state).heading[0]).toMatch(/\/start$/);
    expect(opened(pressed(open, '[').state).heading[0]).toBe('HEAD /_ping');
    expect(selected(pressed(open, '[', 'esc').state)).toBe('/_ping');
    expect(pressed(open, 'esc').state.focus).toBe('wire');
    expect(pressed(open, 'esc', 'esc').state.focus).toBe('container');
  });
  test('shows its answer as soon as there is one', () => {
    const asked = aCall(9, 'GET /info', { status: null, answeredAfter: null, endedAfter: null });
    const waiting = pressed(after(ran, calls(asked)), 'enter').state;
    expect(opened(waiting).rows).toEqual([]);
    const answered = after(waiting, calls(aCall(9, 'GET /info', { response: json({ Name: 'here' }) })));
    expect(opened(answered).rows.map((row) => row.path)).toEqual(['.response', '.response.Name']);
  });
  test('leaves half of a low pane to the trees', () => {
    const low = pressed(onWire({ columns: 80, rows: 24 }, ...RAN), 'k', 'enter').state;
    const { rect } = view(low);
    expect(opened(low).rows.length).toBeGreaterThanOrEqual(Math.floor((rect.height - 2) / 2));
  });
});

describe('copies', () => {
  const at = pressed(ran, 'k').state;

  test('the call as curl, to the engine on screen, from the list and from the open call', () => {
    for (const keys of [['y'], ['enter', 'y']])
      expect(pressed(at, ...keys).effects).toMatchObject([
        {
          do: 'copy',
          text: expect.stringMatching(/^curl -sS --unix-socket \/run\/docker.sock -X POST .*name=web/),
        },
      ]);
  });
  test('the path with its query', () => {
    expect(pressed(at, 'Y').effects).toMatchObject([{ do: 'copy', text: '/containers/create?name=web' }]);
  });
  test('nothing where there is no call, and says so', () => {
    const { state, effects } = pressed(onWire(SIZE), 'y', 'enter');
    expect(effects).toEqual([]);
    expect(state.notice?.text).toBe('There is no call yet.');
  });
});
