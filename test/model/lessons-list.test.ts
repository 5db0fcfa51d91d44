import { describe, expect, test } from 'vitest';
import { nextLesson } from '../../src/model/lesson-view/next-lesson.ts';
import { selectOverlay } from '../../src/model/select-overlay.ts';
import { selectScreen } from '../../src/model/select-screen.ts';
import { initialState, type State } from '../../src/model/state.ts';
import { anEntry } from './a-lesson.ts';
import { after, holding, NOW, pressed, typed } from './build-state.ts';

const LESSONS = [
  anEntry('first', { title: 'Your first box', standing: 'done', number: 1 }),
  anEntry('layers', {
    title: 'Layers',
    standing: 'begun',
    stepsDone: 3,
    number: 6,
    requires: ['first', 'image'],
  }),
  anEntry('wire', { title: 'The wire', number: 10, minutes: 15, teaches: ['http-api'], standing: 'skipped' }),
  anEntry('broken', { title: 'Broken', problem: 'lesson.md, line 3: unknown key.' }),
];
const listed = (state: State = holding(), due = 0): State =>
  after(state.overlays.length > 0 ? state : pressed(state, 'L').state, {
    type: 'catalogue-read',
    catalogue: { lessons: LESSONS, due },
  });
const lines = (state: State): string[] =>
  selectOverlay(state)!.lines.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );

describe('the list of lessons', () => {
  test('asks for the lessons when it is opened, and says so until they are there', () => {
    const { state, effects } = pressed(holding(), 'L');
    expect(effects).toEqual([{ do: 'read-catalogue' }]);
    expect(lines(state)).toEqual(['Reading the lessons …']);
  });
  test('is at hand where no engine is, for a lesson may start one', () => {
    const { state, effects } = pressed(initialState({ columns: 80, rows: 24 }, NOW), 'L');
    expect(effects).toEqual([{ do: 'read-catalogue' }]);
    expect(pressed(listed(state), 'enter').effects).toMatchObject([{ do: 'open-lesson', lesson: 'first' }]);
  });
  test('has number, title, minutes and how far one has come, each in words', () => {
    const text = lines(listed()).join('\n');
    expect(text).toMatch(/ 1 {2}Your first box +10 min {2}✓ done/);
    expect(text).toMatch(/ 6 {2}Layers +10 min {2}3\/5 begun/);
    expect(text).toMatch(/10 {2}The wire +15 min {2}» skipped/);
    expect(text).toMatch(/Broken +10 min {2}✗ cannot open/);
  });
  test('names what comes before the selected lesson and is not done, and forbids nothing', () => {
    const { state, effects } = pressed(listed(), 'j');
    expect(lines(state).join('\n')).toContain('Comes after: image');
    expect(effects).toEqual([]);
    const opened = pressed(state, 'enter');
    expect(opened.effects).toEqual([{ do: 'open-lesson', lesson: 'layers', anew: false }]);
    expect(opened.state.overlays).toEqual([]);
  });
  test('names cards that are due at its top', () => {
    expect(lines(listed(holding(), 3))[0]).toBe('↻ 3 cards are due for review.');
    expect(lines(listed(holding(), 1))[0]).toBe('↻ 1 card is due for review.');
  });
  test('opens none that has a problem, and says which', () => {
    const state = pressed(listed(), 'G').state;
    expect(lines(state).join('\n')).toContain('lesson.md, line 3: unknown key.');
    expect(pressed(state, 'enter')).toMatchObject({
      effects: [],
      state: { notice: { text: LESSONS[3]!.problem } },
    });
  });
  test('asks before a begun lesson is opened anew', () => {
    const asked = pressed(listed(), 'j', 'a');
    expect(asked.effects).toEqual([]);
    expect(pressed(asked.state, 'down', 'enter').effects).toEqual([
      { do: 'open-lesson', lesson: 'layers', anew: true },
    ]);
  });
  test('finds by words of title and of what is taught, and Enter opens what was found', () => {
    const found = pressed(listed(), '/', ...typed('http')).state;
    expect(lines(found).filter((line) => line.includes(' min '))).toHaveLength(1);
    expect(pressed(found, 'enter').effects).toMatchObject([{ lesson: 'wire' }]);
    expect(lines(pressed(found, ...typed('xyz')).state).at(-1)).toBe('No lesson has these words.');
    expect(lines(pressed(found, 'esc').state).filter((line) => line.includes(' min '))).toHaveLength(4);
    expect(pressed(found, 'esc', 'esc').state.overlays).toEqual([]);
  });
});

describe('sets of lessons', () => {
  const SETS = [
    { id: '45min', title: '45 minutes', says: 'The least.', lessons: ['wire', 'first'] },
    { id: 'day', title: 'A day', says: 'All of it.', lessons: ['first', 'layers', 'wire'] },
  ];
  const withSets = (chosen: string | null): State =>
    after(listed(), { type: 'sets-read', sets: SETS, chosen });
  const titles = (state: State): string[] =>
    lines(state).flatMap((line) => /^ *\d+ {2}(.*?) {2}/.exec(line)?.[1] ?? []);

  test('are offered above the list of all', () => {
    expect(lines(withSets(null)).slice(0, 2)).toEqual(['All lessons · 1 of 4 done', 's: 45 minutes, a day']);
  });
  test('list their own lessons alone, in their order, and how far one is', () => {
    const state = withSets('45min');
    expect(lines(state).slice(0, 2)).toEqual(['Set: 45 minutes · 1 of 2 done', 'The least.']);
    expect(titles(state)).toEqual(['The wire', 'Your first box']);
    expect(pressed(state, 'enter').effects).toMatchObject([{ lesson: 'wire' }]);
  });
  test('follow each other with one key, and all lessons come after the last', () => {
    const next = (chosen: string | null) => pressed(withSets(chosen), 's').effects;
    expect(next(null)).toEqual([{ do: 'choose-set', set: '45min' }]);
    expect(next('45min')).toEqual([{ do: 'choose-set', set: 'day' }]);
    expect(next('day')).toEqual([{ do: 'choose-set', set: null }]);
  });
  test('that are not there any more list all lessons', () => {
    expect(titles(withSets('gone'))).toHaveLength(4);
  });
  test('say which lesson comes next', () => {
    const { catalogue } = withSets(null).learn;
    const next = (set: string | null, id: string) =>
      nextLesson({ catalogue, sets: SETS, set }, id)?.id ?? null;
    expect(next('45min', 'first')).toBe('wire');
    expect(next('45min', 'wire')).toBe(null);
    expect(next('day', 'first')).toBe('layers');
    expect(next('45min', 'layers')).toBe('wire');
    expect(next(null, 'layers')).toBe('wire');
  });
});

describe('the welcome', () => {
  const first = initialState({ columns: 80, rows: 24 }, NOW, undefined, { welcome: true });
  test('is there only for a first start', () => {
    expect(selectScreen(first).kind).toBe('welcome');
    expect(selectScreen(initialState({ columns: 80, rows: 24 }, NOW)).kind).toBe('connect');
  });
  test('stays while an engine is found behind it', () => {
    const connected = after(first, {
      type: 'engine-connected',
      family: 'docker',
      host: 'unix:///x',
      apiVersion: '1.41',
      sandbox: 'none',
    });
    expect(selectScreen(connected).kind).toBe('welcome');
    expect(selectScreen(pressed(connected, 'o').state).kind).toBe('panes');
  });
  test.each([['enter'], ['l']])('leads to the lessons with %s', (key) => {
    const { state, effects } = pressed(first, key);
    expect(state.overlays.map((o) => o.kind)).toEqual(['lessons']);
    expect(effects).toEqual([{ do: 'read-catalogue' }]);
  });
  test('leads past it with o, Esc and the second choice', () => {
    for (const keys of [['o'], ['esc'], ['down', 'enter']])
      expect(pressed(first, ...keys).state.overlays, keys.join()).toEqual([]);
  });
  test('says that classes are still to come, and lets nobody choose them', () => {
    const last = pressed(first, 'down', 'down', 'down').state;
    expect(last.overlays).toEqual([{ kind: 'welcome', selected: 1 }]);
    expect(pressed(first, 'c').state).toBe(first);
    expect(lines(first).join('\n')).toContain('Not there yet');
  });
});
