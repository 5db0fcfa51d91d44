import { describe, expect, test } from 'vitest';
import { cellWidth } from '../../src/model/fit-text.ts';
import type { Event } from '../../src/model/events.ts';
import { selectDetails } from '../../src/model/select-details.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, after, anImage, aVolume, holding, NOW, pressed, unreadable } from './build-state.ts';

const line = (text: string) => ({ at: '', stream: 'stdout' as const, text });
const start = holding({
  container: [aContainer('app'), aContainer('old', { state: 'exited' })],
  image: [anImage('tiny:1')],
  volume: [aVolume('data'), aVolume('data2')],
});
const content = (state: State) => selectDetails(state)!.content;
const message = (state: State): string | null => {
  const shown = content(state);
  return shown.kind === 'message' ? shown.text : null;
};
const OPENED: Event = { type: 'log-opened', container: 'c-app' };
const arrived = (...texts: string[]): Event => ({
  type: 'log-arrived',
  container: 'c-app',
  lines: texts.map(line),
});

describe('the details', () => {
  test('of nothing say that nothing is selected', () => {
    expect(message(holding())).toBe('Nothing is selected.');
  });
  test('of a row that cannot be read say why', () => {
    expect(message(holding({ container: [unreadable('container', 'odd', 'no Id')] }))).toContain('no Id');
  });
  test('name what they are about, with the chosen tab in brackets where the click finds it', () => {
    const { title, tabs } = selectDetails(start)!;
    expect(title).toBe('5 app ──[Logs] Stats  Layers  Files  Mounts  Inspect ');
    for (const { label, from } of tabs) expect(title.slice(from - 3, from - 3 + label.length)).toBe(label);
  });
  test('cut a long or wide name so that the chosen tab stays', () => {
    const state = holding({ container: [aContainer('日本語'.repeat(40))], size: { columns: 80, rows: 24 } });
    const { title, rect, tabs } = selectDetails(state)!;
    expect(cellWidth(title)).toBeLessThanOrEqual(rect.width - 6);
    expect(tabs[0]?.label).toBe('[Logs]');
  });
  test('leave tabs out that have no room, never the chosen one, and say so', () => {
    const narrow = holding({ container: [aContainer('a-long-name')], size: { columns: 80, rows: 24 } });
    expect(selectDetails(narrow)!.title).toBe('5 a-long-na… ──[Logs] Stats  Layers ›');
    const last = selectDetails(pressed(narrow, 'i').state)!;
    expect(last.title).toBe('5 a-long-name ──‹ Mounts [Inspect]');
    for (const { label, from } of last.tabs)
      expect(last.title.slice(from - 3, from - 3 + label.length)).toBe(label);
  });
  test('of the same state are the same object, and of another time too', () => {
    const state = after(start, OPENED, arrived('one'));
    expect(selectDetails(after(state, { type: 'time-passed', now: NOW + 1 }))).toBe(selectDetails(state));
  });
});

describe('the Logs tab', () => {
  test('says that it is opening, that there is nothing yet, and what went wrong', () => {
    expect(message(start)).toBe('Opening the log …');
    expect(message(after(start, { type: 'log-opened', container: 'c-old' }))).toBe('Opening the log …');
    expect(message(after(start, OPENED, arrived()))).toBe('It has not printed anything yet.');
    expect(
      message(after(start, OPENED, { type: 'log-ended', container: 'c-app', why: 'no log driver' })),
    ).toBe('no log driver');
  });
  test('counts the lines and says whether it follows', () => {
    const state = after(start, OPENED, arrived('one', 'two'));
    expect(selectDetails(state)?.status).toBe('2 lines · following');
    expect(selectDetails(after(state, { type: 'log-ended', container: 'c-app', why: '' }))?.status).toBe(
      '2 lines · ended',
    );
    expect(selectDetails(pressed(state, '5', 'f').state)?.status).toContain('held still');
    expect(selectDetails(pressed(state, '5', 'w').state)?.status).toContain('wrapped');
  });
  test('says what was searched and how often it was found', () => {
    const state = after(start, OPENED, arrived('one', 'two', 'one'));
    expect(selectDetails(pressed(state, '5', '/', ...'one', 'enter', 'n').state)?.status).toMatch(
      /“one” \d of 2/,
    );
  });
});

describe('the Stats tab', () => {
  const stats = pressed(start, 'u').state;
  test('says that it measures, or that there is nothing to measure', () => {
    expect(message(stats)).toBe('Measuring …');
    expect(message(pressed(start, 'j', 'u').state)).toBe('It does not run, so there is nothing to measure.');
  });
  test('shows the samples, also of what has stopped since', () => {
    const sample = {
      at: NOW,
      cpuPercent: 1,
      memory: 1,
      memoryLimit: 0,
      networkIn: 0,
      networkOut: 0,
      blockIn: 0,
      blockOut: 0,
      pids: 1,
    };
    const state = after(stats, { type: 'stats-sampled', samples: [{ container: 'c-app', sample }] });
    expect(content(state)).toMatchObject({ kind: 'stats', samples: [sample] });
    const stopped = after(state, {
      type: 'items-read',
      kind: 'container',
      ids: ['c-app'],
      items: [aContainer('app', { state: 'exited' })],
      at: NOW,
    });
    const selected = pressed(stopped, '1', 'g', ...(content(stopped).kind === 'stats' ? [] : ['j'])).state;
    expect(selectDetails(selected)?.status).toBe('It does not run now.');
  });
});

describe('the Inspect tab', () => {
  const inspect = pressed(start, '3', 'i').state;
  const readOf = (name: string): Event[] => [
    { type: 'inspect-asked', of: `volume ${name} ` },
    { type: 'inspect-read', of: `volume ${name} `, value: { Name: name } },
  ];
  test('shows the tree of what is selected', () => {
    expect(content(after(inspect, ...readOf('data')))).toMatchObject({
      kind: 'tree',
      rows: [{ key: 'Name', text: '"data"' }],
    });
    expect(selectDetails(after(inspect, ...readOf('data')))?.status).toBe('1 of 1');
  });
  test('does not show the tree of another whose name begins alike', () => {
    expect(message(after(inspect, ...readOf('data2')))).toBe('Reading …');
  });
  test('says why it could not be read', () => {
    const state = after(
      inspect,
      { type: 'inspect-asked', of: 'volume data ' },
      { type: 'inspect-failed', of: 'volume data ', why: 'gone' },
    );
    expect(content(state)).toEqual({ kind: 'message', text: 'gone', bad: true });
  });
});
