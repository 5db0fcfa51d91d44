import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/model/events.ts';
import { selectOverlay } from '../../src/model/select-overlay.ts';
import { selectListPane } from '../../src/model/select-list-pane.ts';
import { aContainer, after, anImage, aVolume, holding, NOW, pressed, read } from './build-state.ts';
import { aCall, calls, json, startedTyping } from './wire-calls.ts';

const started = (id: number, line: string): Event => startedTyping(id, line);
const ended = (id: number, code: number, words = ''): Event => ({
  type: 'typed-command-ended',
  id,
  code,
  words,
  at: NOW + 200,
});
const stop = aCall(1, 'POST /containers/web/stop 204');
const start = holding({ container: [aContainer('db'), aContainer('web')], volume: [aVolume('notes')] });
const flashing = (state: typeof start) => [...(selectListPane(state, 'container')?.flashing ?? [])];

describe('a typed command that changes the engine', () => {
  test('stands in the log of commands, and ends there', () => {
    const running = after(start, started(7, 'docker stop web'), calls(stop));
    expect(running.commands).toMatchObject([{ id: 7, line: 'docker stop web', from: 'shell', result: null }]);
    expect(after(running, ended(7, 0)).commands).toMatchObject([{ result: { ok: true, text: '' } }]);
    const failed = after(running, ended(7, 125, 'docker itself failed')).commands;
    expect(failed).toMatchObject([{ result: { ok: false, text: 'exit code 125: docker itself failed' } }]);
  });
  test('is there once, however many calls it makes, and between those from keys by its time', () => {
    const state = after(
      start,
      { type: 'command-started', id: 8, line: 'docker start db', at: NOW + 50 },
      started(7, 'docker stop web db'),
      calls(stop, aCall(2, 'POST /containers/db/stop 204')),
      calls({ ...stop, received: 3 }),
    );
    expect(state.commands.map((c) => c.id)).toEqual([7, 8]);
  });
  test('makes the rows it touched flash once, until the clock says that it is enough', () => {
    const state = after(start, started(7, 'docker stop web'), calls(stop));
    expect(flashing(state)).toEqual(['c-web']);
    expect(flashing(after(state, { type: 'time-passed', now: NOW + 60_000 }))).toEqual([]);
    expect(
      flashing(after(state, { type: 'time-passed', now: NOW + 60_000 }, calls({ ...stop, id: 3 }))),
    ).toEqual(['c-web']);
  });
  test('makes a row flash that comes into the list later', () => {
    const create = aCall(2, 'POST /containers/create?name=new 201', { response: json({ Id: 'c-new' }) });
    const state = after(start, started(7, 'docker run -d --name new tiny:1'), calls(create));
    expect(flashing(after(state, read('container', [aContainer('new'), aContainer('web')])))).toEqual([
      'c-new',
    ]);
  });
  test('that was refused is in the log, and nothing flashes', () => {
    const state = after(start, started(7, 'docker stop web'), calls({ ...stop, status: 404 }));
    expect(state.commands).toHaveLength(1);
    expect(flashing(state)).toEqual([]);
  });
});

test('a typed command that only looks leaves no trace', () => {
  const look = aCall(1, 'GET /containers/json');
  const state = after(start, started(7, 'docker ps'), calls(look), ended(7, 0));
  expect([state.commands, state.flashes]).toEqual([[], []]);
});

describe('what was made here', () => {
  const labelled = aContainer('mine', { labels: { 'slipway.run': 'r1' } });
  const other = aContainer('theirs', { labels: { 'slipway.run': 'r0' } });
  const state = after(holding({ container: [labelled, other], image: [anImage('tiny:1')] }), {
    type: 'run-named',
    label: 'slipway.run',
    run: 'r1',
  });
  const names = (s: typeof state) => selectListPane(s, 'container')!.rows.map((row) => row.name);
  test('is marked among what was not', () => {
    expect([...selectListPane(state, 'container')!.own]).toEqual(['c-mine']);
    expect(selectListPane(after(state, read('container', [labelled])), 'container')!.own.size).toBe(0);
  });
  test('can be shown alone, or the rest, or all again', () => {
    expect(names(pressed(state, 'm').state)).toEqual(['mine']);
    expect(names(pressed(state, 'm', 'm').state)).toEqual(['theirs']);
    expect(names(pressed(state, 'm', 'm', 'm').state)).toEqual(['mine', 'theirs']);
    expect(names(pressed(state, 'm', 'esc').state)).toEqual(['mine', 'theirs']);
  });
  test('says what to do where there is none', () => {
    const none = pressed(after(state, read('container', [other])), 'm').state;
    expect(selectListPane(none, 'container')!.message).toBe('None was made from here; m shows all.');
  });
  test('is also what keys have made', () => {
    const made = after(state, {
      type: 'command-succeeded',
      id: 1,
      at: NOW,
      text: '',
      made: ['c-theirs'],
    });
    expect(names(pressed(made, 'm').state)).toEqual(['mine', 'theirs']);
  });
});

describe('an image that appears while a call of ours makes images', () => {
  const build = aCall(1, 'POST /build', { endedAfter: null });
  const building = after(
    holding({ image: [anImage('tiny:1')] }),
    started(7, 'docker build -t own:1 .'),
    calls(build),
  );
  const made = read('image', [anImage('tiny:1'), anImage('own:1')], NOW + 300);
  test('is its work: it flashes, and counts as made here', () => {
    const state = after(building, made);
    expect([...selectListPane(state, 'image')!.flashing]).toEqual(['sha256:own']);
    expect([...selectListPane(state, 'image')!.own]).toEqual(['sha256:own']);
  });
  test('is its work, too, where the build is asked for by buildx', () => {
    const byBuildx = after(
      holding({ image: [anImage('tiny:1')] }),
      started(7, 'docker build -t own:1 .'),
      calls(
        aCall(1, 'POST /grpc 101', { endedAfter: null }),
        aCall(2, 'POST /session 101', { endedAfter: null }),
      ),
    );
    expect([...selectListPane(after(byBuildx, made), 'image')!.own]).toEqual(['sha256:own']);
  });
  test('long after it had ended is not', () => {
    const over = calls({ ...build, endedAfter: 200 });
    const state = after(building, over, ended(7, 0), { ...made, at: NOW + 60_000 } as Event);
    expect(selectListPane(state, 'image')!.own.size).toBe(0);
  });
  test('is somebody else’s where the command only runs a container', () => {
    const attached = aCall(1, 'POST /containers/c-web/attach 101', { endedAfter: null });
    const running = after(
      holding({ image: [anImage('tiny:1')] }),
      started(7, 'docker run tiny:1 sleep 1d'),
      calls(attached),
    );
    expect(selectListPane(after(running, made), 'image')!.own.size).toBe(0);
  });
});

test('a command of several lines takes one in the lists, and is copied as it was typed', () => {
  const line = 'docker run -d \\\n  --name web \\\n  tiny:1';
  const state = after(start, started(7, line), calls(stop), ended(7, 0));
  const { state: shown, effects } = pressed(state, '@', 'y');
  const text = selectOverlay(shown)!.lines.map((parts) => parts.map((part) => part.text).join(''));
  expect(text[0]).toContain('docker run -d \\ ↵ --name web \\ ↵ tiny:1');
  expect(effects).toMatchObject([{ do: 'copy', text: line }]);
});
