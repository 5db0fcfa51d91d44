import { describe, expect, test } from 'vitest';
import { bulkCommandLine } from '../../src/engine/command-line.ts';
import { KINDS } from '../../src/engine/objects.ts';
import { ACTIONS, actionFor, activeScopes, SCOPE_TITLES } from '../../src/model/keymap.ts';
import { keyLabel } from '../../src/model/key-label.ts';
import { paletteActions } from '../../src/model/palette.ts';
import { initialState } from '../../src/model/state.ts';
import { aContainer, after, anImage, aNetwork, aVolume, holding, NOW, pressed } from './build-state.ts';

const HELD = {
  container: [aContainer('web')],
  image: [anImage('tiny:1')],
  volume: [aVolume('notes')],
  network: [aNetwork('own')],
};

describe('the keymap', () => {
  test('gives every action a name of its own, a title and a key', () => {
    expect(new Set(ACTIONS.map((a) => a.id)).size).toBe(ACTIONS.length);
    for (const { id, title, keys } of ACTIONS)
      expect([title !== '', keys.length > 0], id).toEqual([true, true]);
  });
  test('has no key that means two things in one scope', () => {
    const seen = ACTIONS.flatMap(({ scope, keys }) => keys.map((key) => `${key} in ${scope}`));
    expect(seen.filter((key, i) => seen.indexOf(key) !== i)).toEqual([]);
  });
  test('has no key in a list that hides one that works everywhere', () => {
    const keysOf = (...scopes: string[]): string[] =>
      ACTIONS.filter((a) => scopes.includes(a.scope)).flatMap((a) => a.keys);
    const everywhere = keysOf('everywhere');
    for (const kind of KINDS)
      expect(
        keysOf(kind, 'lists').filter((key) => everywhere.includes(key)),
        kind,
      ).toEqual([]);
  });
  test('has a printable line for every command that an action would ask for', () => {
    for (const kind of KINDS) {
      const state = after(holding(HELD), { type: 'focus-moved', to: kind });
      for (const action of ACTIONS.filter((a) => a.scope === kind && a.commands !== undefined)) {
        const commands = action.commands!(state);
        const line = bulkCommandLine(commands, 'docker');
        if (commands.length > 0) expect(line, action.id).toMatch(/^docker [ -~]+$/);
      }
    }
  });
  test('has no action that throws, wherever it is asked for', () => {
    const empty = holding();
    const states = [
      empty,
      holding(HELD),
      after(holding(HELD), { type: 'focus-moved', to: 'details' }),
      initialState({ columns: 80, rows: 24 }, NOW),
    ];
    for (const state of states) {
      for (const action of ACTIONS) {
        expect(typeof (action.unavailable?.(state) ?? ''), action.id).toBe('string');
        expect(Array.isArray(action.commands?.(state) ?? []), action.id).toBe(true);
        if ((action.unavailable?.(state) ?? '') === '')
          expect(Array.isArray(action.perform(state)), action.id).toBe(true);
      }
    }
  });
  test('looks a key up in the nearest scope first', () => {
    const details = after(
      holding(HELD),
      { type: 'focus-moved', to: 'details' },
      { type: 'tab-chosen', tab: 'inspect' },
    );
    expect(activeScopes(details)[0]).toBe('inspect');
    expect(actionFor(details, 'R')?.id).toBe('tree-raw');
    expect(actionFor(details, 's')?.id).toBe('stop');
    expect(actionFor(holding(HELD), 'R')?.id).toBe('rename');
    expect(actionFor(holding(HELD), 'ctrl-q')).toBeNull();
  });
  test('has a title for every scope, and says keys as people do', () => {
    for (const { scope } of ACTIONS) expect(SCOPE_TITLES[scope]).toBeTruthy();
    expect(['ctrl-c', 'shift-tab', 'pgup', 'f11', 'x', 'K', ' '].map(keyLabel)).toEqual([
      'Ctrl-C',
      'Shift-Tab',
      'PgUp',
      'F11',
      'x',
      'K',
      ' ',
    ]);
  });
});

describe('the palette', () => {
  test('begins with what can be done here', () => {
    const first = paletteActions(after(holding(HELD), { type: 'focus-moved', to: 'image' }), '')[0];
    expect(first?.scope).toBe('image');
  });
  test('finds commands of other places too, each once', () => {
    const found = paletteActions(holding(HELD), 'volume').map((a) => a.id);
    expect(found).toContain('create-volume');
    expect(new Set(found).size).toBe(found.length);
    expect(paletteActions(holding(HELD), 'zzzz')).toEqual([]);
  });
  test('does what is chosen, to what is selected', () => {
    const { effects, state } = pressed(holding(HELD), ':', ...'restart', 'enter');
    expect(effects).toMatchObject([{ commands: [{ do: 'restart', container: { name: 'web' } }] }]);
    expect(state.overlays).toEqual([]);
  });
  test('closes without a word when nothing is found, and on esc', () => {
    expect(pressed(holding(HELD), ':', 'z', 'z', 'enter')).toMatchObject({
      effects: [],
      state: { overlays: [] },
    });
    expect(pressed(holding(HELD), ':', 'esc').state.overlays).toEqual([]);
  });
});
