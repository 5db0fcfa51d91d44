import { describe, expect, test } from 'vitest';
import { bulkCommandLine } from '../../src/engine/command-line.ts';
import type { Event } from '../../src/model/events.ts';
import { RESULT_SHOWN, selectBottom } from '../../src/model/select-bottom.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, after, anImage, aNetwork, aVolume, holding, NOW, pressed } from './build-state.ts';

const HELD = {
  container: [aContainer('app'), aContainer('old', { state: 'exited', exitCode: 0 })],
  image: [anImage('tiny:1')],
  volume: [aVolume('notes')],
  network: [aNetwork('own')],
};
const start = holding(HELD);
const hints = (state: State): string[] => selectBottom(state).hints.map(([key, what]) => `${key} ${what}`);
const echo = (state: State): string => {
  const { mark, text } = selectBottom(state).echo;
  return `${mark} ${text}`.trim();
};
const STARTED: Event = { type: 'command-started', id: 1, line: 'docker stop app', at: NOW };

describe('the keys', () => {
  test('are those of what has the focus, and only what can be done to it', () => {
    expect(hints(start)).toEqual(expect.arrayContaining(['s stop', 'x remove', '/ filter', ': palette']));
    expect(hints(start)).not.toContain('S start');
    expect(hints(pressed(start, 'j').state)).toContain('S start');
    expect(hints(pressed(start, '2').state)).toContain('P pull');
  });
  test('do not lead to the tab in which one is already', () => {
    expect(hints(start)).toContain('l logs');
    expect(hints(pressed(start, 'v').state)).toContain('l logs');
    expect(hints(pressed(start, 'v').state)).not.toContain('v layers');
  });
  test('are an overlay’s while it is open', () => {
    expect(hints(pressed(start, 'x').state)).toContain('Esc cancel');
    expect(hints(pressed(start, 'n').state)).toContain('Tab next field');
  });
  test('make room for the line in which a filter or a search is typed', () => {
    expect(selectBottom(pressed(start, '/', 'a', 'b', 'left').state).input).toEqual({
      label: 'filter',
      text: 'ab',
      cursor: 1,
    });
    expect(selectBottom(pressed(start, '5', '/', 'x').state).input).toEqual({
      label: 'search',
      text: 'x',
      cursor: 1,
    });
    expect(selectBottom(start).input).toBeNull();
  });
});

describe('the echo', () => {
  test('says the command that the key it names would run', () => {
    for (const keys of [['1'], ['1', 'j'], ['1', 'ctrl-a'], ['2'], ['3'], ['4']]) {
      const { state } = pressed(start, ...keys);
      const { mark, text } = selectBottom(state).echo;
      const then = pressed(state, mark);
      const [effect] = then.effects;
      if (effect?.do === 'carry-out') expect(`$ ${bulkCommandLine(effect.commands, 'docker')}`).toBe(text);
      else expect(then.state.overlays, `${mark} ${text}`).toHaveLength(1);
    }
  });
  test.each([
    [['1'], 's $ docker stop app'],
    [['1', 'j'], 'S $ docker start old'],
    [['2'], 'n $ docker run -d tiny:1'],
    [['3'], 'x $ docker volume rm notes'],
    [['4'], 'x $ docker network rm own'],
  ])('after %j is %j', (keys, text) => {
    expect(echo(pressed(start, ...keys).state)).toBe(text);
  });
  test('speaks of podman on podman', () => {
    expect(echo(holding({ ...HELD, family: 'podman' }))).toBe('s $ podman stop app');
  });
  test('is empty where nothing can be asked', () => {
    expect(echo(holding())).toBe('');
  });
  test('shows a command under way, with what is done of it', () => {
    const progress = [
      { id: 'a', text: '', current: 30, total: 100 },
      { id: 'b', text: '', current: null, total: 100 },
    ];
    expect(echo(after(start, STARTED))).toBe('… docker stop app');
    expect(echo(after(start, STARTED, { type: 'command-progressed', id: 1, progress }))).toBe(
      '… docker stop app 15%',
    );
  });
  test('shows how it ended, for a while', () => {
    const done = after(start, STARTED, {
      type: 'command-succeeded',
      id: 1,
      at: NOW + 1500,
      text: '2 removed',
      made: [],
    });
    expect(echo(done)).toBe('✓ docker stop app  2 removed · 1.5 s');
    expect(echo(after(done, { type: 'time-passed', now: NOW + 1500 + RESULT_SHOWN }))).toBe(
      's $ docker stop app',
    );
  });
  test('shows why it failed, with what to do', () => {
    const failed = after(start, STARTED, {
      type: 'command-failed',
      id: 1,
      at: NOW,
      text: 'in use',
      advice: 'stop it first',
    });
    expect(echo(failed)).toBe('✗ in use · stop it first');
  });
  test('shows a notice', () => {
    expect(echo(pressed(start, 'S').state)).toBe('app runs already.');
  });
});
