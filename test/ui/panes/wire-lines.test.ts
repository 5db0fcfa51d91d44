import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { selectWire } from '../../../src/model/select-wire.ts';
import type { State } from '../../../src/model/state.ts';
import { wireLines } from '../../../src/ui/panes/wire-lines.ts';
import { flatWire } from '../../../src/ui/screens/flat-wire.ts';
import { createPaint } from '../../../src/ui/theme.ts';
import type { WireCall } from '../../../src/wire/wire-call.ts';
import { after, NOW, pressed } from '../../model/build-state.ts';
import { aCall, calls, endedTyping, json, onWire, RAN, startedTyping } from '../../model/wire-calls.ts';
import { dice } from '../../support/odd-text.ts';

const plain = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '');

function draw(state: State, columns: number, rows = 20, focused = false): string[] {
  const { content } = selectWire(state)!;
  return wireLines(content, { columns, rows }, focused, createPaint('none')).map(plain);
}

const failed = [startedTyping(2, 'docker rm web', NOW + 600), endedTyping(2, 1, NOW + 700)];
const ways: WireCall[] = [
  aCall(61, 'DELETE /containers/web 409'),
  aCall(62, 'POST /containers/web/attach 101', { mode: 'upgraded', endedAfter: null }),
  aCall(63, 'GET /events', { endedAfter: null }),
  aCall(64, 'GET /info', { status: null, endedAfter: 3, problem: 'the client hung up' }),
];
const state = onWire({ columns: 120, rows: 44 }, ...RAN, ...failed, calls(...ways));

describe('the wire pane', () => {
  test('has all that matters of a call in 34 cells', () => {
    expect(draw(state, 34).slice(0, 9)).toEqual([
      ' $ docker run -d --name web ti… ✓ ',
      '  HEAD /_ping          ✓200  12ms ',
      '  POST /contai…/create ✓201  12ms ',
      '  POST /c…/c0ff…/start ✓204 312ms ',
      ' $ docker rm web              ✗ 1 ',
      '  DEL  /containers/web ✗409  12ms ',
      '  POST /co…/web/attach ⇄101     … ',
      '  GET  /events         …200     … ',
      ' ▸GET  /info           !      3ms ',
    ]);
  });
  test('has words in full and bytes where it is wide', () => {
    expect(draw(state, 78).slice(1, 4)).toEqual([
      '  HEAD   /_ping                                        ✓ 200   12 ms      0 B ',
      '  POST   /containers/create?name=web                   ✓ 201   12 ms     88 B ',
      '  POST   /containers/c0ffeec0ffee/start                ✓ 204  312 ms      0 B ',
    ]);
  });
  test('marks how each call goes without colour', () => {
    const marks = draw(state, 78)
      .slice(5, 9)
      .map((line) => line.slice(55, 56));
    expect(marks).toEqual(['✗', '⇄', '…', '!']);
  });
  test('has lines of exactly its width, whatever is in them', () => {
    const throws = dice(3);
    for (let round = 0; round < 60; round += 1) {
      const call = aCall(70, `${throws.pick(['GET', 'DELETE', 'PROPFIND'])} /x ${throws.pick([200, 404])}`, {
        path: `/${throws.text(9)}/${throws.text(30)}/json`,
        query: throws.text(20),
        received: throws.below(9e9),
        endedAfter: throws.pick([0.2, 999.7, 59_960, 3.59e6, 9e7, null]),
        response: json({ [throws.text(5)]: throws.text(80) }),
      });
      const odd = after(state, startedTyping(3, throws.text(60), NOW + 650), calls(call));
      for (const columns of [34, 40, 55, 56, 78, 118])
        for (const shown of [odd, pressed(odd, 'enter').state])
          for (const focused of [true, false]) {
            const lines = draw(shown, columns, 20, focused);
            expect(lines.length).toBeLessThanOrEqual(20);
            for (const line of lines) expect(stringWidth(line), JSON.stringify(line)).toBe(columns);
          }
    }
  });
});

test('for a screen reader the wire is sentences', () => {
  expect(flatWire(selectWire(state)!)).toEqual([
    'Wire, 7 calls, following',
    'Command docker run -d --name web tiny:1 sleep 1d, ended well:',
    'HEAD /_ping: asks whether the engine is there, and which API it speaks; status 200, after 12 ms',
    'POST /containers/create: creates the container web from tiny:1; it does not run yet; status 201, after 12 ms',
    'POST /containers/c0ffeec0ffee/start: starts the container c0ffeec0ffee; status 204, after 312 ms',
    'Command docker rm web, failed with 1:',
    'DELETE /containers/web: removes the container web; status 409, after 12 ms',
    'POST /containers/web/attach: connects the output of the container web to the client; status 101, goes on',
    'GET /events: listens to what happens in the engine, for as long as it is connected; status 200, goes on',
    'selected: GET /info: asks about the engine: its machine, storage and what it holds; the client hung up',
  ]);
  const open = flatWire(selectWire(pressed(state, 'home', 'j', 'enter').state)!);
  expect(open[2]).toMatch(
    /^It creates the container web from tiny:1; it does not run yet\. ✓ 201: it was created ·/,
  );
  expect(open).toContain('selected: query {1}');
});
