import { expect, test } from 'vitest';
import { mythsOf } from '../../src/lesson/myths.ts';
import { lineText } from '../../src/model/line.ts';
import { selectOverlay } from '../../src/model/select-overlay.ts';
import type { State } from '../../src/model/state.ts';
import { aLesson } from './a-lesson.ts';
import { after, holding, pressed } from './build-state.ts';

const LESSONS = [
  aLesson({ myths: ['note-myth'] }),
  aLesson({ id: 'other', title: 'Another', number: null, myths: ['note-myth'] }),
  aLesson({ id: 'third', myths: ['unsaid'] }),
];
const open = (): State =>
  after(holding(), {
    type: 'overlay-opened',
    overlay: { kind: 'myths', myths: mythsOf(LESSONS), selected: 0 },
  });
const lines = (state: State): string[] => selectOverlay(state)!.lines.map((line) => lineText(line).trimEnd());

test('a myth comes from the block that bears the name which its lesson has in front', () => {
  expect(mythsOf(LESSONS).map(({ id, lesson }) => `${id} ${lesson.id}`)).toEqual([
    'note-myth thin-layer',
    'note-myth other',
  ]);
});

test('names that differ for each learner are those that the lesson would like best', () => {
  const block = {
    id: 'm',
    line: 1,
    kind: 'myth',
    claim: '{{box}} on {{port}}',
    fact: '{{word}} {{none}}',
  } as const;
  const vars = { box: { name: 'keep' }, port: { port: 8088 }, word: { words: 2 } };
  expect(mythsOf([aLesson({ myths: ['m'], intro: [block], vars })])).toMatchObject([
    { claim: 'keep on 8088', fact: '{{word}} {{none}}' },
  ]);
});

test('the key asks for them', () => {
  expect(pressed(holding(), 'I').effects).toEqual([{ do: 'open-myths' }]);
});

test('below the selected one stands what is true, and the lesson that Enter opens', () => {
  expect(lines(open())).toEqual([
    '✗ A restart loses what was written.',
    '  In fact: Only docker rm does.',
    '  Enter opens the lesson that shows it: 5 · The thin layer on top',
    '✗ A restart loses what was written.',
  ]);
  const { state, effects } = pressed(open(), 'j', 'enter');
  expect(effects).toEqual([{ do: 'open-lesson', lesson: 'other', anew: false }]);
  expect(state.overlays).toEqual([]);
});
