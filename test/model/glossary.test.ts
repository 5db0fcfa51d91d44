import { describe, expect, test } from 'vitest';
import type { GlossaryWord } from '../../src/lesson/glossary/glossary.ts';
import { lineText } from '../../src/model/line.ts';
import { selectOverlay } from '../../src/model/select-overlay.ts';
import { selectScreen } from '../../src/model/select-screen.ts';
import type { State } from '../../src/model/state.ts';
import { anEntry, learning } from './a-lesson.ts';
import { after, holding, pressed, typed } from './build-state.ts';

function aWord(word: string, more: Partial<GlossaryWord> = {}): GlossaryWord {
  return {
    word,
    also: [],
    meaning: `What ${word} is. More of it.`,
    look: '',
    lessons: [],
    related: [],
    not: [],
    line: 1,
    ...more,
  };
}

const GLOSSARY = [
  aWord('container', { also: ['box'], look: 'containers/mounts', not: [{ word: 'image', why: 'it runs' }] }),
  aWord('docker exec', { lessons: ['wire', 'broken', 'unwritten'] }),
  aWord('image', { look: 'images', related: ['container'] }),
  aWord('socket', { look: 'wire' }),
];
const LESSONS = [
  anEntry('wire', { title: 'The wire', number: 10 }),
  anEntry('broken', { title: 'Broken', problem: 'lesson.md, line 3: unknown key.' }),
];

const withWords = (state: State): State =>
  after(
    state,
    { type: 'glossary-read', glossary: GLOSSARY },
    { type: 'catalogue-read', catalogue: { lessons: LESSONS, due: 0 } },
  );
const listed = (): State => withWords(pressed(holding(), 'W').state);
const lines = (state: State): string[] => selectOverlay(state)!.lines.map((line) => lineText(line).trimEnd());
const selected = (state: State): string => lines(state)[selectOverlay(state)!.selected] ?? '';

describe('the glossary', () => {
  test('is read when it is opened, and says so until it is there', () => {
    const { state, effects } = pressed(holding(), 'W');
    expect(effects).toEqual([{ do: 'read-glossary' }, { do: 'read-catalogue' }]);
    expect(lines(state)).toContain('Reading the words …');
  });
  test('lists each word with the first sentence of what it means', () => {
    expect(lines(listed())).toContain('container             What container is.');
  });
  test('finds as one types, also letters that move elsewhere', () => {
    const found = pressed(listed(), ...typed('sock')).state;
    expect(lines(found).slice(2)).toEqual(['socket                What socket is.']);
    expect(lines(pressed(found, ...typed('jq')).state)).toContain('No word has this.');
    expect(pressed(found, 'esc').state.overlays).toMatchObject([{ kind: 'glossary', input: { text: '' } }]);
    expect(pressed(found, 'esc', 'esc').state.overlays).toEqual([]);
  });
  test('opens the entry of a word: all it means, what it is not, where one can go', () => {
    const entry = pressed(listed(), 'enter').state;
    expect(selectOverlay(entry)?.title).toBe('What the words mean ── container');
    expect(lines(entry)).toEqual([
      'What container is. More of it.',
      'Also: box',
      '',
      'Not the same as image: it runs.',
      '',
      'See it  the tab Mounts of a container',
      'Word    image',
    ]);
    expect(selectScreen(entry).bottom.hints).toContainEqual(['Enter', 'go there']);
  });
  test('goes from the entry to the list or the tab that shows the thing', () => {
    const there = pressed(listed(), 'enter', 'enter').state;
    expect(there).toMatchObject({ overlays: [], focus: 'details', subject: 'container' });
    expect(there.tabs.container).toBe('mounts');
    expect(pressed(listed(), ...typed('image'), 'enter', 'enter').state).toMatchObject({ focus: 'image' });
    expect(pressed(listed(), ...typed('sock'), 'enter', 'enter').state.focus).toBe('wire');
  });
  test('goes from word to word, and back to the list', () => {
    const image = pressed(listed(), 'enter', 'j', 'enter').state;
    expect(selectOverlay(image)?.title).toContain('image');
    expect(lines(pressed(image, 'esc').state)[0]).toBe('/');
  });
  test('goes to the lessons that are there, and says why one cannot be opened', () => {
    const entry = pressed(listed(), 'down', 'enter').state;
    expect(lines(entry).slice(2)).toEqual(['Lesson  10 · The wire', 'Lesson  1 · Broken']);
    const { state, effects } = pressed(entry, 'enter');
    expect(effects).toEqual([{ do: 'open-lesson', lesson: 'wire', anew: false }]);
    expect(state.overlays).toEqual([]);
    expect(pressed(entry, 'down', 'enter').state.notice?.text).toContain('unknown key');
  });
});

describe('in a lesson, the key for words', () => {
  test('lists those that are on the screen, commands too, from top to bottom', () => {
    const state = pressed(withWords(learning(1)), 'w').state;
    expect(selectOverlay(state)?.title).toBe('Words on the screen');
    expect(lines(state).slice(2)).toEqual([
      'container             What container is.',
      'docker exec           What docker exec is.',
    ]);
  });
  test('opens the entry at once where there is one alone, and closes it with one key', () => {
    const state = pressed(withWords(learning(-1)), 'w').state;
    expect(selectOverlay(state)?.title).toBe('What the words mean ── container');
    expect(pressed(state, 'esc').state.overlays).toEqual([]);
  });
  test('says where there is none', () => {
    const state = pressed(withWords(learning(3)), 'w').state;
    expect(state.overlays).toEqual([]);
    expect(state.notice?.text).toBe('No word that is explained is in view.');
  });
  test('is named in the bottom line', () => {
    expect(selectScreen(withWords(learning(3))).bottom.hints).toContainEqual(['w', 'words']);
  });
  test('works behind the leader, for who is in the terminal', () => {
    const inShell = after(withWords(learning(1)), { type: 'focus-moved', to: 'terminal' });
    expect(selectOverlay(pressed(inShell, 'ctrl-g', 'w').state)?.title).toBe('Words on the screen');
  });
});

test('a move beyond the first or the last word stays there', () => {
  expect(selected(pressed(listed(), 'up').state)).toContain('container');
  expect(selected(pressed(listed(), 'pgdn', 'down').state)).toContain('socket');
});
