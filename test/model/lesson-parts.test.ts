import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/model/events.ts';
import { checkPart } from '../../src/model/lesson-view/check-part.ts';
import type { LessonPart } from '../../src/model/lesson-view/lesson-part.ts';
import { selectLessonParts } from '../../src/model/lesson-view/lesson-parts.ts';
import type { State } from '../../src/model/state.ts';
import {
  aCheck,
  aLesson,
  aStep,
  BLOCKED,
  judged,
  learning,
  MISTAKE,
  NOT_YET,
  opened,
  PASS,
} from './a-lesson.ts';
import { after, pressed } from './build-state.ts';

function of<K extends LessonPart['kind']>(state: State, kind: K): Extract<LessonPart, { kind: K }>[] {
  return selectLessonParts(state).filter(
    (part): part is Extract<LessonPart, { kind: K }> => part.kind === kind,
  );
}
const checks = (state: State) => of(state, 'check').map(({ check }) => `${check.mark} ${check.claim}`);
const sayings = (state: State) => of(state, 'said').map(({ text }) => text);
const ran = (id: number, line: string, at = 10): Event[] => [
  { type: 'typed-command-started', id, shell: 1, line, at },
  { type: 'typed-command-ended', id, code: 0, words: '', at },
];

describe('a check', () => {
  test('has a mark of its own for everything that was found', () => {
    const marks = [PASS, NOT_YET, MISTAKE, BLOCKED].map((verdict) => {
      const { lesson } = after(learning(1), judged({ running: verdict })).learn;
      const { mark, word, tone } = checkPart(lesson!, aCheck('running', ''), false, false);
      return { mark, word, tone };
    });
    expect(marks.map(({ mark }) => mark)).toEqual(['✓', '·', '!', '?']);
    for (const key of ['word', 'tone'] as const) expect(new Set(marks.map((m) => m[key])).size).toBe(4);
  });
  test('has dots while it is looked at, but not one that has passed', () => {
    const state = after(learning(1), judged({ running: PASS, written: NOT_YET }), {
      type: 'lesson-changed',
      change: { checking: true },
    });
    expect(checks(state)).toEqual(['✓ "keep" is running', '… /note says amber-fox']);
  });
  test('that is open tells what was found; those after it do not', () => {
    const state = after(learning(1), judged({ running: MISTAKE, written: NOT_YET }));
    const [first, second] = of(state, 'check').map(({ check }) => check.reason.map(({ text }) => text));
    expect(first).toEqual([MISTAKE.kind === 'mistake' ? MISTAKE.say : '']);
    expect(second).toEqual([]);
  });
  test('says what was expected and found, unless the sentence says so already', () => {
    const reasons = (say: string) => {
      const state = after(learning(1), judged({ running: { ...NOT_YET, say } as typeof NOT_YET }));
      return of(state, 'check')[0]!.check.reason.map(({ text }) => text);
    };
    expect(reasons('Not there.')[1]).toBe('Expected state running; found no such container.');
    expect(reasons('Wanted state running, but there is no such container.')).toHaveLength(1);
  });
  test('that could not be looked at is told in another tone, with advice and whose fault it is not', () => {
    const [check] = of(after(learning(1), judged({ running: BLOCKED })), 'check');
    expect(check!.check.reason.map(({ text }) => text)).toEqual([
      'The engine does not answer.',
      'Wait until it is back, or start it.',
      'This is no fault of yours, and does not count against you.',
    ]);
    expect(check!.check.reason[0]!.tone).not.toBe('warning');
  });
  test('for another engine is left out', () => {
    const only = aStep('s', 'S', [{ id: 'b', line: 1, kind: 'checks', ids: ['one', 'two'] }], {
      checks: [aCheck('one', 'one', { only: 'podman' }), aCheck('two', 'two')],
    });
    expect(checks(learning(0, { lesson: aLesson({ steps: [only] }) }))).toEqual(['· two']);
  });
  test('of a step that was done before the program was started has passed', () => {
    expect(checks(learning(2, { shown: 1 }))).toEqual(['✓ "keep" is running', '✓ /note says amber-fox']);
  });
  test('of an earlier step that holds no more is told, with the key that mends it', () => {
    const state = after(learning(2), judged({ running: NOT_YET, restarted: NOT_YET }));
    expect(sayings(state)).toContain('From an earlier step, and no longer so: "keep" is running');
    expect(pressed(state, 'm').effects).toEqual([{ do: 'replay-missing' }]);
  });
});

describe('the commands of a step', () => {
  const commands = (state: State) =>
    of(state, 'commands')[0]!.commands.map(({ typed, next }) => [typed, next]);
  test('are ticked off when they were typed since the lesson began, and the first that is left comes next', () => {
    const state = learning(1);
    expect(commands(state)).toEqual([
      [false, true],
      [false, false],
    ]);
    const typed = after(state, ...ran(1, '  docker run -d   --name keep tiny:1 sleep 1d '));
    expect(commands(typed)).toEqual([
      [true, false],
      [false, true],
    ]);
  });
  test('do not count when they were typed before', () => {
    const before = after(learning(1), ...ran(7, 'docker run -d --name keep tiny:1 sleep 1d'));
    const { lesson } = before.learn;
    expect(commands(after(before, opened(lesson!)))[0]).toEqual([false, true]);
    expect(commands(after(before, opened(lesson!)))).toHaveLength(2);
  });
});

describe('a question', () => {
  const question = (state: State) => of(state, 'question')[0]!.question;
  test('of a quiz tells why an answer is wrong, keeps the right one, and may be tried again', () => {
    const wrong = pressed(learning(0), 'a').state;
    expect(question(wrong)).toMatchObject({ wrong: { text: 'That is a container.' }, because: { text: '' } });
    expect(question(wrong).options.map(({ mark }) => mark)).toEqual(['✗', ' ', ' ']);
    expect(question(wrong).hint).toBe('Try again: a–c');
    const right = pressed(wrong, 'b').state;
    expect(question(right).options.map(({ mark }) => mark)).toEqual([' ', '✓', ' ']);
    expect(question(right).because.text).toBe('Nothing is ever written into an image.');
  });
  test('that asks for a guess keeps the answer until the engine has shown it', () => {
    const guessed = pressed(learning(2), 'a').state;
    expect(question(guessed).options.map(({ mark }) => mark)).toEqual(['›', ' ', ' ']);
    expect(question(guessed)).toMatchObject({ wrong: { text: '' }, because: { text: '' } });
    const told = question(after(guessed, judged({ restarted: PASS })));
    expect(told.options.map(({ mark }) => mark)).toEqual(['✗', '✓', ' ']);
    expect(told.wrong.text).toContain('tmpfs');
    expect(told.because.text).toBe('Stop and start keep the writable layer.');
  });
  test('that asks for a guess in a step without checks is told at once', () => {
    const { steps } = aLesson();
    const step = aStep('guess', 'Guess', steps[2]!.blocks.slice(0, 1));
    const state = pressed(learning(0, { lesson: aLesson({ steps: [step] }) }), 'b').state;
    expect(question(state).options.map(({ mark }) => mark)).toEqual([' ', '✓', ' ']);
  });
});

describe('what a step says', () => {
  test('is meant for the engine that is there', () => {
    const texts = (family: 'docker' | 'podman') =>
      of(learning(1, {}, { family }), 'text').map(({ key }) => key);
    expect(texts('podman')).toContain('note-only');
    expect(texts('docker')).not.toContain('note-only');
  });
  test('depends on what the engine can do', () => {
    const block = { id: 'x', line: 1, kind: 'prose', markdown: 'With buildx' } as const;
    const where = { feature: 'buildx', present: true } as const;
    const step = aStep('s', 'S', [{ id: 'o', line: 1, kind: 'only', where, blocks: [block] }]);
    const lesson = aLesson({ steps: [step] });
    expect(of(learning(0, { lesson }), 'text')).toEqual([]);
    expect(of(learning(0, { lesson, features: new Set(['buildx']) }), 'text')).toHaveLength(1);
  });
  test('opens one hint after another, and the solution last, called that', () => {
    const labels = (state: State) =>
      [
        ...of(state, 'text').map(({ label }) => label),
        ...of(state, 'commands').map(({ label }) => label),
      ].filter((label) => /Hint|solution/.test(label));
    const two = pressed(learning(1), 'h', 'h').state;
    expect(labels(two)).toEqual(['Hint 1 of 3: a nudge', 'Hint 2 of 3: the idea']);
    const all = pressed(two, 'h', 'h').state;
    expect(labels(all)).toEqual([...labels(two), 'Hint 3 of 3: the shape', 'The solution']);
    const more = pressed(all, 'h').state;
    expect(more.learn.lesson?.hints).toEqual(all.learn.lesson?.hints);
    expect(more.notice?.text).toBe('All hints are open, and the solution.');
  });
  test('has what the engine refused directly above the checks', () => {
    const explained = { said: 'no such image', meaning: 'It is not there.', tryThis: 'docker images' };
    const kinds = selectLessonParts(after(learning(1), { type: 'error-explained', explained })).map(
      (p) => p.kind,
    );
    expect(kinds[kinds.indexOf('explained') + 1]).toBe('check');
  });
  test('is over with a clear line, in words for each way it ended', () => {
    const end = (how: 'done' | 'skipped') =>
      sayings(after(learning(1), { type: 'step-ended', step: 1, how, at: 5 })).at(-1);
    expect(end('done')).toBe('Step done. Enter goes on.');
    expect(end('skipped')).toMatch(/^Skipped: its solution was run for you\./);
  });
  test('names the keys that the person has chosen', () => {
    const state = learning(3);
    const own = { ...state, config: { ...state.config, keys: { 'lesson-next': ['N'] } } };
    expect(sayings(own).at(-1)).toBe('N opens the notebook.');
  });
  test('is what is being done while the lesson gets ready, and why where it could not', () => {
    expect(sayings(learning(0, { phase: 'preparing', task: 'Starting a sandbox' }))).toEqual([
      'Starting a sandbox …',
    ]);
    const failed = sayings(learning(0, { phase: 'failed', why: 'No engine answers.', advice: 'Start one.' }));
    expect(failed).toContain('No engine answers.');
    expect(failed).toContain('Start one.');
    expect(failed.at(-1)).toBe('Enter tries again · x leaves the lesson');
  });
});
