import { describe, expect, test } from 'vitest';
import { mouseIntents as mouseAt } from '../../src/model/mouse.ts';
import { press, paste } from '../../src/model/press.ts';
import { selectBottom } from '../../src/model/select-bottom.ts';
import { selectShell } from '../../src/model/select-shell.ts';
import type { ShellScreen } from '../../src/model/shells.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, after, follow, holding, pressed } from './build-state.ts';

const SCREEN: ShellScreen = {
  columns: 80,
  rows: Array.from({ length: 15 }, () => ' '.repeat(80)),
  cursor: { x: 0, y: 0 },
  title: '',
  alternate: false,
  mouse: false,
  scrolledBack: 0,
  scrollback: 0,
  commands: [],
  running: '',
};
const opened = (id: number) =>
  ({ type: 'shell-opened', tab: { id, label: 'bash', container: null } }) as const;
const drawn = (id: number, more: Partial<ShellScreen> = {}) =>
  ({ type: 'shell-drawn', id, screen: { ...SCREEN, ...more } }) as const;
const start = holding({ container: [aContainer('web')] });
const inShell = after(pressed(start, '6').state, opened(1), drawn(1));

const effects = (state: State, key: string, raw = key) =>
  press(state, key, raw).flatMap((intent) => ('effect' in intent ? [intent.effect] : []));

describe('a shell that has the focus', () => {
  test('is opened by whoever goes to the terminal first, and found there the next time', () => {
    expect(pressed(start, '6').effects).toEqual([{ do: 'open-terminal' }]);
    expect(pressed(start, 'ctrl-g', 'ctrl-g').effects).toEqual([{ do: 'open-terminal' }]);
    const away = after(inShell, { type: 'focus-moved', to: 'container' });
    expect(pressed(away, '6')).toMatchObject({ effects: [], state: { focus: 'terminal' } });
  });
  test.each([
    ['q', 'q'],
    ['1', '1'],
    ['ctrl-c', '\x03'],
    ['ctrl-z', '\x1a'],
    ['esc', '\x1b'],
    ['tab', '\t'],
    ['f1', '\x1bOP'],
    ['unknown', '\x1b[99~'],
    [':', ':'],
  ])('gets %s as the terminal sent it', (key, raw) => {
    expect(press(inShell, key, raw)).toEqual([{ effect: { do: 'type', id: 1, raw } }]);
  });
  test('gets what is pasted', () => {
    expect(paste(inShell, 'docker ps')).toEqual([
      { effect: { do: 'paste-into-shell', id: 1, text: 'docker ps' } },
    ]);
  });
  test('gets nothing while something lies over it', () => {
    const asked = pressed(inShell, 'ctrl-g', ':').state;
    expect(asked.overlays).toHaveLength(1);
    expect(pressed(asked, 'a').effects).toEqual([]);
  });
});

describe('the leader key', () => {
  test('takes the next key for Slipway, and only that', () => {
    expect(pressed(inShell, 'ctrl-g', '1').state).toMatchObject({
      focus: 'container',
      shells: { leader: false },
    });
    const zoomed = pressed(inShell, 'ctrl-g', '+').state;
    expect(zoomed.zoomed).toBe(true);
    expect(pressed(zoomed, 'x').effects).toEqual([{ do: 'type', id: 1, raw: 'x' }]);
  });
  test('pressed twice goes to the shell', () => {
    const once = pressed(inShell, 'ctrl-g').state;
    expect(effects(once, 'ctrl-g', '\x07')).toEqual([{ do: 'type', id: 1, raw: '\x07' }]);
  });
  test('means the same in the other panes, so that the key after it is never typed into a shell', () => {
    const list = after(inShell, { type: 'focus-moved', to: 'image' });
    expect(pressed(list, 'ctrl-g', '1')).toMatchObject({ effects: [], state: { focus: 'container' } });
    expect(pressed(list, 'ctrl-g', 'q').effects).toEqual([{ do: 'quit' }]);
    expect(pressed(list, 'ctrl-g', 'esc').state).toMatchObject({ focus: 'image', shells: { leader: false } });
  });
  test('is taken back by esc, and says what it does not know', () => {
    expect(pressed(inShell, 'ctrl-g', 'esc')).toMatchObject({ effects: [], state: { focus: 'terminal' } });
    const unknown = pressed(inShell, 'ctrl-g', 'ö').state;
    expect(unknown.notice?.text).toContain('means nothing here');
  });
  test('is in the bottom line, and what may follow it, too', () => {
    expect(selectBottom(inShell).hints[0]?.[0]).toBe('Ctrl-G');
    const waiting = pressed(inShell, 'ctrl-g').state;
    expect(selectBottom(waiting).hints.map(([, what]) => what)).toEqual(
      expect.arrayContaining(['new shell', 'close', 'palette']),
    );
  });
  test('may be another one', () => {
    const config = { ...inShell.config, keys: { leader: ['ctrl-b'] } };
    const state = { ...inShell, config };
    expect(pressed(state, 'ctrl-b', '1').state.focus).toBe('container');
    expect(effects(state, 'ctrl-g', '\x07')).toEqual([{ do: 'type', id: 1, raw: '\x07' }]);
    expect(selectBottom(state).hints[0]?.[0]).toBe('Ctrl-B');
  });
});

describe('looking back', () => {
  const back = after(inShell, drawn(1, { scrolledBack: 20 }));
  test('arrows and pages move the view, and any other key goes on typing', () => {
    expect(effects(back, 'up', '\x1b[A')).toEqual([{ do: 'scroll-shell', id: 1, by: 1 }]);
    expect(effects(back, 'pgdn', '\x1b[6~')).toEqual([{ do: 'scroll-shell', id: 1, by: -14 }]);
    expect(effects(back, 'esc', '\x1b')).toEqual([{ do: 'scroll-shell', id: 1, by: -Infinity }]);
    expect(effects(back, 'l')).toEqual([{ do: 'type', id: 1, raw: 'l' }]);
  });
  test('begins with the leader', () => {
    expect(pressed(inShell, 'ctrl-g', 'pgup').effects).toEqual([{ do: 'scroll-shell', id: 1, by: 14 }]);
  });
});

describe('a shell that has ended', () => {
  const ended = after(inShell, {
    type: 'shell-ended',
    id: 1,
    text: 'The shell has ended',
    advice: '',
    bad: false,
  });
  test('leaves its keys to Slipway; Enter opens another in its place', () => {
    expect(pressed(ended, '1').state.focus).toBe('container');
    expect(pressed(ended, 'enter').effects).toEqual([{ do: 'reopen-shell', id: 1, container: null }]);
    const again = after(ended, opened(1));
    expect(again.shells.tabs).toMatchObject([{ id: 1, ended: null, screen: null }]);
  });
  test('runs nothing any more', () => {
    const busy = after(
      inShell,
      drawn(1, { running: 'vi x', commands: [{ id: 1, code: null, running: true }] }),
    );
    const gone = after(busy, { type: 'shell-ended', id: 1, text: 'It is gone', advice: '', bad: true });
    expect(gone.shells.tabs[0]?.screen).toMatchObject({ running: '', commands: [null], cursor: null });
    expect(pressed(gone, 'q').effects).toEqual([{ do: 'quit' }]);
  });
  test('says so, and what to do', () => {
    expect(selectShell(ended)).toMatchObject({ status: 'The shell has ended · Enter opens another' });
  });
});

describe('several shells', () => {
  test('have numbers, and the names of what runs in them', () => {
    const state = after(inShell, drawn(1, { running: '/usr/bin/vi notes' }), opened(2));
    expect(selectShell(inShell)!.tabs.map((tab) => tab.label)).toEqual(['[bash]']);
    expect(selectShell(state)!.tabs.map((tab) => tab.label)).toEqual([' 1 vi ', '[2 bash]']);
  });
  const three = after(inShell, opened(2), opened(3), drawn(3));
  test('are gone through with the leader and the arrows', () => {
    expect(pressed(three, 'ctrl-g', 'right').state.shells.active).toBe(1);
    expect(pressed(three, 'ctrl-g', 'left').state.shells.active).toBe(2);
  });
  test('are closed at once at their prompt, and after a question while something runs', () => {
    expect(pressed(three, 'ctrl-g', 'x').effects).toEqual([{ do: 'close-shell', id: 3 }]);
    const busy = after(three, drawn(3, { running: 'vi notes' }));
    const asked = pressed(busy, 'ctrl-g', 'x');
    expect(asked.effects).toEqual([]);
    expect(pressed(asked.state, 'down', 'enter').effects).toEqual([{ do: 'close-shell', id: 3 }]);
    expect(after(three, { type: 'shell-closed', id: 3 }).shells.active).toBe(2);
  });
  test('ask before they are ended with the program', () => {
    const busy = after(three, drawn(3, { running: 'vi notes' }));
    const { state, effects: done } = pressed(busy, 'ctrl-g', 'q');
    expect(done).toEqual([]);
    expect(JSON.stringify(state.overlays)).toContain('vi notes');
    expect(pressed(three, 'ctrl-g', 'q').effects).toEqual([{ do: 'quit' }]);
  });
  test('live on when another engine is chosen', () => {
    const state = after(three, {
      type: 'engine-connected',
      family: 'podman',
      host: 'unix:///p.sock',
      apiVersion: '1.41',
      sandbox: 'none',
    });
    expect(state.shells).toBe(three.shells);
    expect(state.dock.open).toBe(true);
  });
});

test('a click on the name of a tab goes to it, one inside goes to the shell', () => {
  const state = after(inShell, opened(2), drawn(2));
  const view = selectShell(state)!;
  const mouse = { action: 'press', button: 'left', shift: false, alt: false, ctrl: false } as const;
  const tab = view.tabs[0]!;
  const intents = mouseAt(state, { ...mouse, x: view.rect.x + tab.from, y: view.rect.y });
  expect(follow(state, intents).shells.active).toBe(1);
  const inside = mouseAt(state, { ...mouse, x: view.rect.x + 5, y: view.rect.y + 3 });
  expect(inside).toContainEqual({
    effect: { do: 'mouse-in-shell', id: 2, mouse: { ...mouse, x: 4, y: 2 } },
  });
});
