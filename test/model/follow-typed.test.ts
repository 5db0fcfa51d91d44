import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/model/events.ts';
import { selectBottom } from '../../src/model/select-bottom.ts';
import { selectLesson } from '../../src/model/select-lesson.ts';
import type { State } from '../../src/model/state.ts';
import { aCheck, aLesson, aStep, judged, learning, MISTAKE, NOT_YET, PASS } from './a-lesson.ts';
import { after, pressed } from './build-state.ts';

const LONG = Array.from({ length: 8 }, (_, i) => `Line ${i + 1} of a long text.`).join('\n\n');
const step = aStep(
  'long',
  'A long step',
  [
    { id: 'one', line: 1, kind: 'run', commands: ['docker ps'] },
    { id: 'text', line: 1, kind: 'prose', markdown: LONG },
    { id: 'two', line: 1, kind: 'run', commands: ['docker ps -a'] },
    { id: 'more', line: 1, kind: 'prose', markdown: LONG },
    { id: 'checks', line: 1, kind: 'checks', ids: ['listed'] },
  ],
  { checks: [aCheck('listed', 'You have asked with `docker ps -a`')] },
);
const small = (): State => {
  const state = learning(0, { lesson: aLesson({ steps: [step] }) }, { size: { columns: 80, rows: 24 } });
  return after(pressed(state, '6').state, {
    type: 'shell-opened',
    tab: { id: 1, label: 'bash', container: null },
  });
};
const typed = (id: number, line: string): Event[] => [
  { type: 'typed-command-started', id, shell: 1, line, at: 10 },
  { type: 'typed-command-ended', id, code: 0, words: '', at: 10 },
];
const text = (state: State): string =>
  selectLesson(state)!
    .lines.map((line) => line.map((part) => ('set' in part ? part.set : part.text)).join(''))
    .join('\n');
const REFUSED: Event = {
  type: 'error-explained',
  explained: { said: 'no such thing', meaning: 'It is not there.', tryThis: 'docker images' },
};

describe('in the terminal, the lesson shows', () => {
  test('what is to be read between the line just typed and the next', () => {
    const shown = text(after(small(), ...typed(1, 'docker ps')));
    expect(shown).toMatch(/^✓ \$ docker ps\n/);
    expect(shown).not.toContain('You have asked');
  });
  test('the open check after the last line, and after one that is none of its own', () => {
    const end = after(small(), ...typed(1, 'docker ps'), ...typed(2, 'docker ps -a'));
    expect(text(end)).toContain('· You have asked with docker ps -a');
    expect(text(after(small(), ...typed(1, 'docker images')))).toContain('· You have asked');
  });
  test('the beginning of a step until something was found', () => {
    expect(text(after(small(), judged({ listed: NOT_YET })))).toContain('▸ $ docker ps');
    expect(text(after(small(), judged({ listed: MISTAKE })))).toContain('! You have asked');
  });
  test('the open check to who asks for a look at it', () => {
    const { state, effects } = pressed(small(), 'ctrl-g', 'c');
    expect(effects).toEqual([{ do: 'check-now' }]);
    expect(text(state)).toContain('· You have asked');
  });
  test('what was refused under the line that was typed, else above the open check', () => {
    const below = text(after(small(), ...typed(1, 'docker ps'), REFUSED));
    expect(below).toContain('✓ $ docker ps\n\n✗ no such thing\n  It is not there.');
    const above = text(after(small(), ...typed(1, 'docker images'), REFUSED));
    expect(above).toContain('Try: docker images\n\n· You have asked');
  });
  test('nothing of it in another step', () => {
    const refused = after(small(), ...typed(1, 'docker images'), REFUSED);
    const state = after(refused, { type: 'step-shown', step: 1 });
    expect(state.learn).toMatchObject({ explained: null, lesson: { shown: 1 } });
  });
  test('no second advice beside that of a mistake', () => {
    const shown = text(after(small(), ...typed(1, 'docker images'), REFUSED, judged({ listed: MISTAKE })));
    expect(shown).toContain('It is not there.');
    expect(shown).not.toContain('Try: ');
  });
});

describe('from the shell', () => {
  const scroll = (state: State): number => state.learn.lesson!.scroll;
  test('space goes on reading after the leader, until another key is typed', () => {
    const once = pressed(small(), 'ctrl-g', 'space');
    const twice = pressed(once.state, 'space');
    expect([scroll(once.state), scroll(twice.state)]).toEqual([8, 16]);
    expect(twice.effects).toEqual([]);
    expect(selectBottom(twice.state).hints[0]).toEqual(['Space', 'read on']);
    const typing = pressed(twice.state, 'd', 'space');
    expect(typing.effects).toMatchObject([{ do: 'type', raw: 'd' }, { do: 'type' }]);
    expect(scroll(typing.state)).toBe(16);
  });
  test('a blank belongs to the line that is being typed', () => {
    const { effects, state } = pressed(small(), 'd', 'ctrl-g', 'space', 'space');
    expect(scroll(state)).toBe(8);
    expect(effects.map((effect) => effect.do)).toEqual(['type', 'type']);
    expect(pressed(state, 'enter', 'ctrl-g', 'space', 'space').effects).toMatchObject([{ do: 'type' }]);
  });
  test('Enter at the prompt is never taken, also when the step is done', () => {
    const done = after(small(), judged({ listed: PASS }), {
      type: 'step-ended',
      step: 0,
      how: 'done',
      at: 1,
    });
    expect(selectBottom(done).hints[0]).toEqual(['✓ Ctrl-G Space', 'next step']);
    expect(text(done)).toContain('✓ Step done. Ctrl-G Space opens the notebook.');
    expect(pressed(done, 'enter').effects).toMatchObject([{ do: 'type' }]);
    expect(pressed(done, 'ctrl-g', 'space').state.learn.lesson!.shown).toBe(1);
  });
  test('a letter after the leader answers the question that is open', () => {
    const state = after(pressed(learning(2), '6').state, {
      type: 'shell-opened',
      tab: { id: 1, label: 'bash', container: null },
    });
    expect(selectBottom(state).hints[0]?.[1]).toMatch(/^then a–c answer, /);
    expect(pressed(state, 'ctrl-g', 'c').state.learn.lesson!.answers.get('restart-guess')).toBe(2);
  });
});
