import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/model/events.ts';
import type { OverlayView } from '../../src/model/overlay-views/overlay-view.ts';
import { selectOverlay } from '../../src/model/select-overlay.ts';
import { cancelOption } from '../../src/model/overlays.ts';
import { openForm } from '../../src/model/forms.ts';
import type { State } from '../../src/model/state.ts';
import { aContainer, after, holding, NOW, pressed, typed } from './build-state.ts';

const start = holding({ container: [aContainer('web')] });
const textOf = (view: OverlayView): string[] => view.lines.map((line) => line.map((p) => p.text).join(''));
const underCursor = (state: State): string => {
  const view = selectOverlay(state)!;
  return [...textOf(view)[view.cursor!.line]!][view.cursor!.character] ?? '';
};

test('nothing lies over the panes while a filter is typed or an engine is chosen', () => {
  expect(selectOverlay(pressed(start, '/').state)).toBeNull();
  expect(selectOverlay(pressed(start, 'ctrl-o').state)).toBeNull();
});

describe('a choice', () => {
  test('has the line of each answer beside it, and Cancel selected', () => {
    const view = selectOverlay(pressed(start, 'x').state)!;
    expect(textOf(view)[view.selected]?.trim()).toBe('Cancel');
    expect(textOf(view).at(-1)).toContain('$ docker rm -f web');
  });
});

test('a choice breaks a sentence that is too long, and leaves the rows of a list as they are', () => {
  const sentence =
    'The solutions of the steps before it are run. Those that are not done yet count as skipped.';
  const row = `  ${'x'.repeat(90)}`;
  const choice = { title: 'Sure?', body: [sentence, row], options: [cancelOption()] };
  const state = after(start, { type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 0 } });
  const lines = textOf(selectOverlay(state)!);
  expect(lines.slice(0, 2).join(' ')).toBe(sentence);
  expect(lines[2]).toBe(row);
});

describe('a form', () => {
  test('has the cursor on the character that comes next, in every field', () => {
    for (const field of [0, 1, 2, 3, 4, 5, 8]) {
      const { state } = pressed(
        start,
        'n',
        ...Array.from({ length: field }, () => 'tab'),
        'ctrl-e',
        ...typed('a日z'),
        'left',
      );
      expect(underCursor(state), `field ${field}`).toBe('z');
    }
  });
  test('has no cursor on a toggle, but its row selected', () => {
    const view = selectOverlay(pressed(start, 'n', 'tab', 'tab', 'tab', 'tab', 'tab', 'tab').state)!;
    expect([view.cursor, textOf(view)[view.selected]]).toEqual([
      null,
      expect.stringContaining('[ ]') as string,
    ]);
  });
  test('says the command below, or what is wrong in its place', () => {
    const open = (state: State) => textOf(selectOverlay(state)!).at(-1);
    const form = openForm({ kind: 'pull' }, 'docker');
    const state = after(start, { type: 'overlay-opened', overlay: { kind: 'form', form } });
    expect(open(pressed(state, 't').state)).toBe('$ docker pull t');
    expect(open(pressed(state, 'enter').state)).toBe('! Image is empty.');
  });
});

describe('the progress of a pull', () => {
  const STARTED: Event = { type: 'command-started', id: 1, line: 'docker pull tiny', at: NOW };
  const shown: Event = { type: 'overlay-opened', overlay: { kind: 'progress', command: 1 } };
  test('has a bar for each layer with a size', () => {
    const progress = [
      { id: 'aaaaaaaaaaaaaaaa', text: 'Downloading', current: 500_000, total: 1_000_000 },
      { id: 'bbbbbbbbbbbb', text: 'Waiting', current: null, total: null },
    ];
    const view = selectOverlay(
      after(start, STARTED, { type: 'command-progressed', id: 1, progress }, shown),
    )!;
    expect(view.title).toBe('docker pull tiny');
    expect(textOf(view)[0]).toMatch(/^aaaaaaaaaaaa +Downloading +█{10}░{10} 500 kB of 1 MB$/);
    expect(textOf(view)[1]).toMatch(/^bbbbbbbbbbbb +Waiting *$/);
  });
  test('stays within its bar when more arrives than was told', () => {
    const progress = [{ id: 'aaaaaaaaaaaa', text: '', current: 300, total: 100 }];
    const view = selectOverlay(
      after(start, STARTED, { type: 'command-progressed', id: 1, progress }, shown),
    )!;
    expect(textOf(view)[0]).toContain(`${'█'.repeat(20)} 300 B of 100 B`);
  });
  test('says how it ended', () => {
    const done = after(start, STARTED, shown, {
      type: 'command-succeeded',
      id: 1,
      at: NOW,
      text: '',
      made: [],
    });
    expect(textOf(selectOverlay(done)!).at(-1)).toBe('✓ done');
    const failed = after(start, STARTED, shown, {
      type: 'command-failed',
      id: 1,
      at: NOW,
      text: 'no such image',
      advice: 'look at the name',
    });
    expect(textOf(selectOverlay(failed)!).slice(-3)).toEqual([
      '✗ It failed:',
      'no such image',
      'look at the name',
    ]);
  });
});

describe('the palette', () => {
  test('keeps its selection within what is found', () => {
    const view = selectOverlay(
      pressed(start, ':', ...'stop', 'down', 'down', 'down', 'down', 'down', 'down', 'down').state,
    )!;
    expect(view.selected).toBeLessThan(view.lines.length);
    expect(selectOverlay(pressed(start, ':', ...'zzz').state)).toMatchObject({ selected: -1 });
  });
});
