import { describe, expect, test } from 'vitest';
import { KINDS } from '../../src/engine/objects.ts';
import { lineText, piece } from '../../src/model/line.ts';
import { overlayHeight } from '../../src/model/overlay-views/overlay-view.ts';
import { paste, press } from '../../src/model/press.ts';
import { selectOverlay } from '../../src/model/select-overlay.ts';
import { selectRow, selectRows } from '../../src/model/select-rows.ts';
import { tabsOf } from '../../src/model/select-subjects.ts';
import { dice } from '../support/odd-text.ts';
import {
  aContainer,
  after,
  anImage,
  aNetwork,
  aVolume,
  follow,
  holding,
  NOW,
  pressed,
  typed,
} from './build-state.ts';

const HELD = {
  container: [aContainer('app'), aContainer('db', { state: 'exited' }), aContainer('web')],
  image: [anImage('tiny:1'), anImage('own:2')],
  volume: [aVolume('notes')],
  network: [aNetwork('own'), aNetwork('bridge', { builtIn: true })],
};
const start = holding(HELD);

describe('moving about', () => {
  test('goes to a pane by its number, and round all of them by tab', () => {
    for (const [i, pane] of [...KINDS, 'details'].entries())
      expect(pressed(start, String(i + 1)).state.focus).toBe(pane);
    expect(pressed(start, ...Array.from({ length: 5 }, () => 'tab')).state.focus).toBe('container');
    expect(pressed(start, 'shift-tab').state.focus).toBe('details');
  });
  test('to a tab goes to the details, and back by esc', () => {
    const { state } = pressed(start, 'i');
    expect([state.focus, state.tabs.container]).toEqual(['details', 'inspect']);
    expect(pressed(state, 'esc').state.focus).toBe('container');
  });
  test('between tabs stays among those that the subject has', () => {
    for (const pane of ['1', '2'])
      for (const key of ['left', 'right', '[', ']'])
        for (let times = 1; times < 5; times += 1) {
          const { state } = pressed(start, pane, ...Array.from({ length: times }, () => key));
          expect(tabsOf(state.subject)).toContain(state.tabs[state.subject]);
        }
  });
  test('says that images have no log', () => {
    const { state } = pressed(start, '2', 'l');
    expect([state.focus, state.notice?.text]).toEqual(['image', 'Only containers have this.']);
  });
  test('back by esc takes away the zoom, then the marks, then the filter, then nothing', () => {
    const { state } = pressed(start, '/', 'e', 'backspace', 'w', 'enter', 'ctrl-a', '+');
    const [unzoomed, unmarked, unfiltered] = [1, 2, 3].map(
      (n) => pressed(state, ...Array.from({ length: n }, () => 'esc')).state,
    );
    expect(unzoomed).toMatchObject({ zoomed: false, lists: { container: { filter: 'w' } } });
    expect(unzoomed!.lists.container.marked.size).toBe(1);
    expect(unmarked!.lists.container.marked.size).toBe(0);
    expect(unfiltered!.lists.container.filter).toBe('');
    expect(pressed(unfiltered!, 'esc').state).toBe(unfiltered);
  });
});

describe('the filter line', () => {
  const shown = (...keys: string[]): string[] =>
    selectRows(pressed(start, '/', ...keys).state, 'container').map((r) => r.name);
  test('filters while it is typed', () => {
    expect(shown('w')).toEqual(['web']);
    expect(shown('w', 'backspace')).toHaveLength(3);
  });
  test('keeps the filter on enter, and brings the one before back on esc', () => {
    const kept = pressed(start, '/', 'w', 'enter').state;
    expect([kept.overlays, kept.lists.container.filter]).toEqual([[], 'w']);
    const undone = pressed(kept, '/', 'x', 'esc').state;
    expect([undone.overlays, undone.lists.container.filter]).toEqual([[], 'w']);
    expect(pressed(kept, '/', 'x', 'ctrl-c').state.lists.container.filter).toBe('w');
  });
  test('takes every letter as a letter', () => {
    const { state, effects } = pressed(start, '/', ...typed('sxqK:?'));
    expect([effects, state.lists.container.filter]).toEqual([[], 'sxqK:?']);
  });
  test('takes a paste', () => {
    const state = pressed(start, '/').state;
    expect(follow(state, paste(state, 'we')).lists.container.filter).toBe('we');
  });
  test('acts on what it left over when it is closed', () => {
    expect(pressed(start, '/', 'w', 'enter', 's').effects).toMatchObject([
      { commands: [{ container: { name: 'web' } }] },
    ]);
  });
});

describe('a search in the log', () => {
  const line = (text: string) => ({ at: '', stream: 'stdout' as const, text });
  const opened = after(
    start,
    { type: 'log-opened', container: 'c-app' },
    { type: 'log-arrived', container: 'c-app', lines: ['one', 'two', 'one more'].map(line) },
    { type: 'focus-moved', to: 'details' },
  );
  test('is kept on enter and taken back on esc', () => {
    expect(pressed(opened, '/', ...'one', 'enter').state.log?.view.query).toBe('one');
    expect(pressed(opened, '/', ...'one', 'esc').state.log?.view.query).toBe('');
    expect(pressed(opened, '/', ...'one', 'enter', '/', 'x', 'esc').state.log?.view.query).toBe('one');
  });
  test('goes on with n, which in the list means another thing', () => {
    const found = pressed(opened, '/', ...'one', 'enter').state;
    expect(pressed(found, 'n').state.log?.view.current).not.toBe(found.log?.view.current);
    expect(pressed(found, 'n').state.overlays).toEqual([]);
  });
});

describe('help', () => {
  test('has every key of every action, those that work here first', () => {
    const view = selectOverlay(pressed(start, '?').state)!;
    const text = view.lines.map((l) => l.map((p) => p.text).join('')).join('\n');
    expect(view.lines[0]?.[0]?.text).toBe('Containers');
    for (const word of ['Stop', 'Pull an image', 'Raw JSON', 'Quit']) expect(text).toContain(word);
  });
  test('scrolls, and closes on its own key, esc and q', () => {
    expect(pressed(start, '?', 'j', 'pgdn', 'k').state.overlays).toEqual([{ kind: 'help', scroll: 10 }]);
    for (const key of ['?', 'esc', 'q', 'f1'])
      expect(pressed(start, '?', key)).toMatchObject({ effects: [], state: { overlays: [] } });
  });
});

describe('a page to read', () => {
  const lines = Array.from({ length: 100 }, (_, i) => [piece(`line ${i + 1}`)]);
  const page = { title: 'motd', lines };
  const open = after(start, { type: 'overlay-opened', overlay: { kind: 'page', page, scroll: 0 } });
  test('scrolls, and no further than to its end', () => {
    const last = lines.length - overlayHeight(open.size);
    expect(pressed(open, 'j', 'pgdn', 'k').state.overlays).toEqual([{ kind: 'page', page, scroll: 10 }]);
    expect(pressed(open, 'end', 'pgdn').state.overlays).toEqual([{ kind: 'page', page, scroll: last }]);
    expect(pressed(open, 'end', 'up').state.overlays).toEqual([{ kind: 'page', page, scroll: last - 1 }]);
  });
  test('is copied as a text', () => {
    expect(pressed(open, 'y').effects).toEqual([
      { do: 'copy', what: 'motd', text: expect.stringMatching(/^line 1\nline 2\n/) },
    ]);
  });
});

describe('what takes its time', () => {
  const running = after(
    start,
    { type: 'command-started', id: 1, line: 'docker pull busy', at: NOW },
    { type: 'overlay-opened', overlay: { kind: 'progress', command: 1 } },
    {
      type: 'command-progressed',
      id: 1,
      progress: [{ id: 'notes.tar', text: 'written', current: 2048, total: null }],
    },
  );
  test('is stopped by x', () => {
    expect(pressed(running, 'x').effects).toEqual([{ do: 'stop-task', id: 1 }]);
  });
  test('says how far it is where nobody knows how far it has to go', () => {
    expect(selectOverlay(running)!.lines.map(lineText)).toEqual([
      expect.stringMatching(/^notes.tar .*written +2 kB$/),
    ]);
  });
});

describe('the log of commands', () => {
  const state = after(
    start,
    { type: 'command-started', id: 1, line: 'docker stop web', at: NOW },
    { type: 'command-failed', id: 1, at: NOW + 1500, text: 'no such container', advice: 'look again' },
  );
  test('shows each with time, result and advice, the newest chosen', () => {
    const text = selectOverlay(pressed(state, '@').state)!
      .lines.map((l) => l.map((p) => p.text).join(''))
      .join('\n');
    expect(text).toMatch(
      /✗ \d\d:\d\d:\d\d +1\.5 s {2}key {4}docker stop web\n\nno such container\nlook again/,
    );
  });
  test('copies the chosen line', () => {
    expect(pressed(state, '@', 'y').effects).toMatchObject([{ do: 'copy', text: 'docker stop web' }]);
    expect(pressed(start, '@', 'y', 'j', 'k', 'esc')).toMatchObject({ effects: [], state: { overlays: [] } });
  });
});

describe('a form', () => {
  test('that cannot be sent stays, and says why', () => {
    const { state, effects } = pressed(start, '2', 'P', 'enter');
    expect(effects).toEqual([]);
    expect(state.overlays).toMatchObject([{ form: { problem: 'Image is empty.' } }]);
  });
  test('closes on esc and on ctrl-c, and asks for nothing', () => {
    for (const key of ['esc', 'ctrl-c'])
      expect(pressed(start, 'n', key)).toMatchObject({ effects: [], state: { overlays: [] } });
  });
});

describe('any keys', () => {
  const KEYS = [
    ...'abcefghijklmnoprstuvwxyzKOPRSXY:?@/ ',
    '1',
    '2',
    '3',
    '4',
    '5',
    'up',
    'down',
    'tab',
    'esc',
    'enter',
    'space',
    'pgdn',
    'G',
    '+',
    'ctrl-a',
    'left',
    'right',
    'backspace',
    'f5',
  ];
  test('never leave an overlay that cannot be closed, a selection that is not there, or a command without an answer', () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const throws = dice(seed);
      let state = start;
      for (let i = 0; i < 60; i += 1) state = follow(state, press(state, throws.pick(KEYS)));
      for (let i = 0; state.overlays.length > 0; i += 1) {
        expect(i, `seed ${seed}`).toBeLessThan(20);
        state = pressed(state, 'esc').state;
      }
      for (const kind of KINDS)
        expect(selectRow(state, kind) !== null || selectRows(state, kind).length === 0, `seed ${seed}`).toBe(
          true,
        );
    }
  });
  test('remove nothing as long as no question is answered with more than Enter', () => {
    const safe = KEYS.filter(
      (key) => !['down', 'tab', 'j', 'G', 'pgdn', 'right', 'left', 'up', 'k'].includes(key),
    );
    for (let seed = 0; seed < 150; seed += 1) {
      const throws = dice(seed + 1000);
      const { effects } = pressed(start, ...Array.from({ length: 60 }, () => throws.pick(safe)));
      const asked = effects.flatMap((e) => (e.do === 'carry-out' ? e.commands.map((c) => c.do) : []));
      expect(
        asked.filter((what) => /remove|prune|kill/.test(what)),
        `seed ${seed}`,
      ).toEqual([]);
    }
  });
});
