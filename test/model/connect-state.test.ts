import { describe, expect, test } from 'vitest';
import { choices, type Offer, type RouteLine } from '../../src/model/connect-state.ts';
import type { Event } from '../../src/model/events.ts';
import { selectBottom } from '../../src/model/select-bottom.ts';
import { initialState, type State } from '../../src/model/state.ts';
import { after, holding, NOW, pressed } from './build-state.ts';

const route = (label: string, ok: boolean): RouteLine => ({
  label,
  host: `unix:///${label}`,
  ok,
  text: ok ? 'answers' : 'no such file',
  family: ok ? 'docker' : null,
});
const SANDBOX: Offer = { kind: 'sandbox', way: 'dockerd as root' };
const start = initialState({ columns: 80, rows: 24 }, NOW);
const none = (offer: Offer | null): Event => ({
  type: 'no-engine-found',
  reports: [route('a', false)],
  offer,
  advice: ['start it'],
  retryAt: NOW + 3000,
});
const found = (offer: Offer | null): Event => ({
  type: 'engines-found',
  reports: [route('a', true), route('b', false), route('c', true)],
  offer,
});

describe('without an engine', () => {
  test.each<[Offer | null, string[]]>([
    [SANDBOX, ['start-sandbox']],
    [{ kind: 'install', command: 'apt-get install docker.io' }, ['install-engine']],
    [{ kind: 'advice', text: 'brew install colima' }, []],
    [null, []],
  ])('and with %j, Enter leads to %j', (offer, effects) => {
    expect(pressed(after(start, none(offer)), 'enter').effects.map((e) => e.do)).toEqual(effects);
  });
  test('what is offered stays while all ways are tried again', () => {
    const state = after(start, none(SANDBOX));
    expect(after(state, { type: 'engine-search-started' })).toBe(state);
  });
  test('no key of the lists means anything', () => {
    const state = after(start, none(null));
    expect(pressed(state, 's', 'x', 'n', 'space', ':', '/', '+', 'X')).toEqual({ state, effects: [] });
  });
  test('r looks again, q and ctrl-c quit', () => {
    expect(pressed(start, 'r', 'q', 'ctrl-c').effects.map((e) => e.do)).toEqual([
      'search-engines',
      'quit',
      'quit',
    ]);
  });
  test('its keys stand in the bottom line', () => {
    expect(selectBottom(start).hints.map(([, what]) => what)).toEqual([
      'choose',
      'take it',
      'look again',
      'lessons',
      'keys',
      'quit',
    ]);
  });
});

describe('among several engines', () => {
  const state = after(start, found(SANDBOX));
  test('those that answer can be chosen, then what is offered', () => {
    expect(choices(state.connect)).toEqual([route('a', true), route('c', true), SANDBOX]);
    expect(choices(after(start, found({ kind: 'advice', text: 'x' })).connect)).toHaveLength(2);
  });
  test('the choice moves between its ends, and Enter takes it', () => {
    const hosts = (...keys: string[]) => pressed(state, ...keys, 'enter').effects;
    expect(hosts()).toEqual([{ do: 'connect', host: 'unix:///a' }]);
    expect(hosts('k', 'down')).toEqual([{ do: 'connect', host: 'unix:///c' }]);
    expect(hosts('j', 'j', 'j', 'j')).toEqual([{ do: 'start-sandbox' }]);
  });
});

describe('while it works', () => {
  const working = after(start, { type: 'work-started', title: 'Installing', at: NOW });
  test('lines of progress are kept, the last 200', () => {
    const lines = Array.from({ length: 300 }, (_, i): Event => ({
      type: 'work-progressed',
      line: `line ${i}`,
    }));
    const { connect } = after(working, ...lines);
    expect(connect).toMatchObject({ phase: 'working' });
    expect('lines' in connect && [connect.lines.length, connect.lines.at(-1)]).toEqual([200, 'line 299']);
  });
  test('esc gives it up, Enter and r do nothing', () => {
    expect(pressed(working, 'enter', 'r').effects).toEqual([]);
    expect(pressed(working, 'esc').effects).toEqual([{ do: 'search-engines' }]);
  });
  test('a failure stays in view through the search that follows', () => {
    const problem = { text: 'no space left', advice: 'make room' };
    const state = after(
      working,
      { type: 'work-failed', problem },
      { type: 'engine-search-started' },
      none(SANDBOX),
    );
    expect(state.connect).toMatchObject({ phase: 'none', problem });
  });
});

describe('another engine', () => {
  const choosing = (state: State): State => after(pressed(state, 'ctrl-o').state, found(null));
  test('is chosen over the one on screen, which esc goes back to', () => {
    expect(pressed(holding(), 'ctrl-o').effects).toEqual([{ do: 'search-engines' }]);
    const state = pressed(choosing(holding()), 'esc').state;
    expect([state.overlays, state.engine !== null]).toEqual([[], true]);
  });
});
