import { describe, expect, test } from 'vitest';
import type { CatalogueEntry, OpenLesson } from '../../../src/model/learn-state.ts';
import { mouseIntents } from '../../../src/model/mouse.ts';
import { paste } from '../../../src/model/press.ts';
import { selectBottom } from '../../../src/model/select-bottom.ts';
import { selectRow } from '../../../src/model/select-rows.ts';
import { selectWire } from '../../../src/model/select-wire.ts';
import { selectLesson } from '../../../src/model/select-lesson.ts';
import type { State } from '../../../src/model/state.ts';
import { anEntry, aLesson, judged, learning, NOT_YET, PASS } from '../a-lesson.ts';
import { aContainer, after, follow, holding, pressed } from '../build-state.ts';

const MIDDLE = { size: { columns: 120, rows: 40 } };
const SMALL = { size: { columns: 80, rows: 24 } };
const lessonOf = ({ learn }: State): OpenLesson => learn.lesson!;
const inTerminal = (state: State): State =>
  after(pressed(state, '6').state, { type: 'shell-opened', tab: { id: 1, label: 'bash', container: null } });
const SHELL = { id: 1 };
const withCatalogue = (state: State, ...lessons: CatalogueEntry[]): State =>
  after(state, { type: 'catalogue-read', catalogue: { lessons, due: 0 } });

describe('going on', () => {
  test('from the introduction begins the first step', () => {
    expect(lessonOf(pressed(learning(0, { shown: -1 }), 'enter').state).shown).toBe(0);
  });
  test('asks for an answer first, and then ends a step that has only questions', () => {
    const asked = pressed(learning(0), 'enter').state;
    expect(lessonOf(asked).shown).toBe(0);
    expect(asked.notice?.text).toBe('First choose an answer: a–c.');
    const { state } = pressed(asked, 'a', 'enter');
    expect(lessonOf(state)).toMatchObject({ shown: 1, current: 1 });
    expect(lessonOf(state).steps[0]?.state).toBe('done');
  });
  test('says what is missing while a check does not hold, and goes on when the step is done', () => {
    const judgedState = after(learning(1), judged({ running: PASS, written: NOT_YET }));
    const waiting = pressed(judgedState, 'n').state;
    expect(lessonOf(waiting).shown).toBe(1);
    expect(waiting.notice?.text).toBe('Not yet: /note says amber-fox.');
    const done = after(waiting, { type: 'step-ended', step: 1, how: 'done', at: 1 });
    expect(lessonOf(pressed(done, 'n').state).shown).toBe(2);
  });
  test('ends at the notebook, and from there opens the next lesson', () => {
    const last = pressed(learning(3), 'enter').state;
    expect(lessonOf(last)).toMatchObject({ shown: 4, current: 4 });
    const finished = after(last, {
      type: 'lesson-changed',
      change: { notebook: '# Notes', phase: 'finished' },
    });
    const listed = withCatalogue(finished, anEntry('thin-layer', { standing: 'done' }), anEntry('layers'));
    expect(pressed(listed, 'enter').effects).toEqual([{ do: 'open-lesson', lesson: 'layers', anew: false }]);
    expect(pressed(listed, 'E').effects).toEqual([{ do: 'export-notebook' }]);
    expect(pressed(withCatalogue(finished), 'enter').state.overlays[0]?.kind).toBe('lessons');
  });
  test('looks back and ahead, and catches up only with a step that comes later', () => {
    const ahead = pressed(learning(1), 'right').state;
    expect(lessonOf(ahead)).toMatchObject({ shown: 2, current: 1 });
    expect(pressed(ahead, 'u').effects).toEqual([{ do: 'offer-task', task: { name: 'catch-up', to: 2 } }]);
    const back = pressed(ahead, 'p', 'left').state;
    expect(lessonOf(back).shown).toBe(0);
    expect(pressed(back, 'u')).toMatchObject({
      effects: [],
      state: { notice: { text: expect.any(String) } },
    });
  });
  test('with space reads to the end first', () => {
    const state = learning(1, {}, SMALL);
    const total = Number(/of (\d+)$/.exec(selectLesson(state)!.status)![1]);
    const keys = Array.from({ length: Math.ceil(total / 8) }, () => 'space');
    const read = pressed(state, ...keys).state;
    expect(selectLesson(read)!.status).toContain(`–${total} of ${total}`);
    expect(pressed(read, 'space').state.notice?.text).toMatch(/^Not yet/);
    const done = after(state, { type: 'step-ended', step: 1, how: 'done', at: 1 });
    expect(lessonOf(pressed(done, 'space').state).shown).toBe(2);
  });
});

describe('a letter', () => {
  test('answers the question that is open, and is a key of the lesson when there is none', () => {
    const guessed = pressed(learning(2), 'c');
    expect(guessed.effects).toEqual([]);
    expect(lessonOf(guessed.state).answers.get('restart-guess')).toBe(2);
    expect(pressed(guessed.state, 'c').effects).toEqual([{ do: 'check-now' }]);
  });
  test('that no option has is told so', () => {
    expect(pressed(learning(0), 'e').state.notice?.text).toBe('The question has the answers a–c.');
  });
});

describe('the view of the lesson', () => {
  test('moves by lines and pages, and never beyond its ends', () => {
    const state = learning(1, {}, SMALL);
    expect(lessonOf(pressed(state, 'j', 'down').state).scroll).toBe(2);
    expect(lessonOf(pressed(state, 'j', 'k', 'k').state).scroll).toBe(0);
    const end = pressed(state, 'G').state;
    expect(selectLesson(end)!.lines).toHaveLength(9);
    expect(lessonOf(pressed(end, 'pgdn', 'j').state).scroll).toBe(lessonOf(end).scroll);
    expect(lessonOf(pressed(end, 'g').state).scroll).toBe(0);
  });
  test('moves with the wheel, and a click gives it the focus', () => {
    const mouse = { button: 'left', x: 9, y: 5, shift: false, alt: false, ctrl: false } as const;
    const state = inTerminal(learning(1, {}, SMALL));
    const rolled = follow(state, mouseIntents(state, { ...mouse, action: 'wheel-down' }));
    expect(lessonOf(rolled).scroll).toBe(3);
    expect(rolled.focus).toBe('terminal');
    expect(follow(state, mouseIntents(state, { ...mouse, action: 'press' })).focus).toBe('lesson');
  });
  const text = (state: State): string =>
    selectLesson(state)!
      .lines.map((line) => line.map((part) => ('set' in part ? part.set : part.text)).join(''))
      .join('\n');
  test('follows to the check that is open when its verdict changes, and stays where it is else', () => {
    const state = learning(1, {}, SMALL);
    expect(text(state)).not.toContain('/note says');
    const checked = after(state, judged({ running: PASS, written: NOT_YET }));
    expect(text(checked)).toContain('· /note says amber-fox');
    expect(text(checked)).toContain('No container called "keep" yet.');
    const up = pressed(checked, 'g').state;
    expect(lessonOf(after(up, judged({ running: PASS, written: NOT_YET }))).scroll).toBe(0);
  });
  test('follows to the line that says that the step is done, and to a hint that was opened', () => {
    const done = after(learning(1, {}, SMALL), { type: 'step-ended', step: 1, how: 'done', at: 1 });
    expect(text(done)).toContain('✓ Step done. Enter goes on.');
    expect(text(pressed(learning(1, {}, SMALL), 'h').state)).toContain('Hint 1 of 3');
  });
});

describe('what would remove things', () => {
  test.each([
    ['r', 'reset-step'],
    ['R', 'reset-lesson'],
    ['S', 'skip-step'],
    ['C', 'clean-up'],
  ])('with %s is offered first, with a list of them', (key, name) => {
    expect(pressed(learning(1), key).effects).toEqual([{ do: 'offer-task', task: { name } }]);
  });
  test('is not asked about where a lesson that never began is left', () => {
    expect(pressed(learning(1), 'x').effects).toEqual([{ do: 'leave-lesson', cleanUp: true }]);
    const failed = learning(1, { phase: 'failed', why: 'No engine answers.' });
    expect(pressed(failed, 'x').effects).toEqual([{ do: 'leave-lesson', cleanUp: false }]);
  });
  test('waits for what is under way', () => {
    const busy = pressed(learning(1, { task: 'Resetting the step' }), 'r');
    expect(busy.effects).toEqual([]);
    expect(busy.state.notice?.text).toBe('Resetting the step … goes first.');
  });
  test('is looked for before a lesson is left, unless it never began', () => {
    expect(pressed(learning(1), 'x').effects).toEqual([{ do: 'leave-lesson', cleanUp: true }]);
    const failed = learning(1, { phase: 'failed' });
    expect(pressed(failed, 'x').effects).toEqual([{ do: 'leave-lesson', cleanUp: false }]);
  });
});

describe('a lesson that did not begin', () => {
  test('is tried again from its own folder, whatever other lesson has its name', () => {
    const failed = learning(1, { phase: 'failed', why: 'No engine answers.' });
    expect(pressed(failed, 'enter').effects).toEqual([
      { do: 'open-lesson', lesson: failed.learn.lesson?.lesson.folder, anew: false },
    ]);
  });
});

describe('from the terminal, after the leader', () => {
  const state = inTerminal(learning(1));
  test('the next command is put at the prompt, where it waits', () => {
    const { effects, state: next } = pressed(state, 'ctrl-g', 'i');
    expect(effects).toEqual([{ do: 'insert-command', text: 'docker run -d --name keep tiny:1 sleep 1d' }]);
    expect(next.focus).toBe('terminal');
    const without = pressed(learning(1), 'i');
    expect(without.effects.map((effect) => effect.do)).toEqual(['insert-command']);
  });
  test('checks, hints and the next step are at hand, and the keys of the terminal stay its own', () => {
    expect(pressed(state, 'ctrl-g', 'c').effects).toEqual([{ do: 'check-now' }]);
    expect(lessonOf(pressed(state, 'ctrl-g', 'h').state).hints.get('note')).toBe(1);
    expect(pressed(state, 'ctrl-g', 'enter').effects).toEqual([{ do: 'open-terminal' }]);
    const done = after(state, { type: 'step-ended', step: 1, how: 'done', at: 1 });
    const next = pressed(done, 'ctrl-g', 'space').state;
    expect([lessonOf(next).shown, next.focus]).toEqual([2, 'terminal']);
    expect(pressed(state, 'ctrl-g', 'L').state.focus).toBe('lesson');
  });
  test('the bottom line says so, and names no key that would do something else', () => {
    expect(selectBottom(state).hints[0]?.[1]).toBe(
      'then i insert, c check, h hint, Space read on, 8 lesson, ? keys',
    );
    const keys = selectBottom(pressed(state, 'ctrl-g').state).hints.map(([key]) => key);
    expect(keys.slice(2, 4)).toEqual(['Space', 'i']);
    expect(new Set(keys).size).toBe(keys.length);
  });
  test('what is pasted loses the prompts that it was copied with, only while a lesson is open', () => {
    const text = '$ docker ps\n  $ docker images\necho $ 5';
    expect(paste(state, text)).toEqual([
      { event: { type: 'line-typed', typing: true } },
      { effect: { do: 'paste-into-shell', id: SHELL.id, text: 'docker ps\ndocker images\necho $ 5' } },
    ]);
    const closed = after(state, { type: 'lesson-closed' });
    expect(paste(closed, text)).toMatchObject([{ effect: { text } }]);
  });
});

describe('what the engine refused', () => {
  const explained = { said: 'no such image', meaning: 'It is not there.', tryThis: '' };
  test('is said until Esc, which then does not reach the shell, or until the next command', () => {
    const state = after(inTerminal(holding()), { type: 'error-explained', explained });
    const closed = pressed(state, 'esc');
    expect([closed.state.learn.explained, closed.effects, closed.state.focus]).toEqual([
      null,
      [],
      'terminal',
    ]);
    expect(pressed(closed.state, 'esc').effects).toMatchObject([{ do: 'type' }]);
    const typed = { type: 'typed-command-started', id: 3, shell: 1, line: 'ls', at: 1 } as const;
    expect(after(state, typed).learn.explained).toBeNull();
    expect(after(state, typed).shells.typed).toHaveLength(1);
  });
});

test('a check that passes makes its row flash', () => {
  const state = after(learning(1), judged({ running: PASS }, 77));
  expect(state.flashes).toMatchObject([{ kind: 'container', ref: 'keep' }]);
  expect(after({ ...state, flashes: [] }, judged({ running: PASS }, 77)).flashes).toEqual([]);
});

test('a check that passes selects the row it is about, unless the person moves about in the lists', () => {
  const lesson = aLesson();
  const checks = lesson.steps[1]!.checks.map((check) => ({ ...check, look: 'containers/keep/logs' }));
  const steps = lesson.steps.map((step, i) => (i === 1 ? { ...step, checks } : step));
  const state = learning(
    1,
    { lesson: { ...lesson, steps } },
    { container: [aContainer('keep'), aContainer('db')] },
  );
  const inspecting = { ...state, tabs: { ...state.tabs, container: 'inspect' as const } };
  const passed = after(inspecting, judged({ running: PASS }, 77));
  expect([selectRow(passed, 'container')?.name, passed.tabs.container]).toEqual(['keep', 'logs']);
  const moving = after(pressed(inspecting, '1').state, judged({ running: PASS }, 77));
  expect([selectRow(moving, 'container')?.name, moving.tabs.container]).toEqual(['db', 'inspect']);
});

test('a check that is about the wire makes its title flash for a moment', () => {
  const lesson = aLesson();
  const checks = lesson.steps[1]!.checks.map((check) => ({ ...check, look: 'wire' }));
  const steps = lesson.steps.map((step, i) => (i === 1 ? { ...step, checks } : step));
  const passed = after(learning(1, { lesson: { ...lesson, steps } }, MIDDLE), judged({ running: PASS }, 77));
  expect(selectWire(passed)?.flashing).toBe(true);
  expect(selectWire(after(passed, { type: 'time-passed', now: 10_000 }))?.flashing).toBe(false);
});

test('no key of a lesson throws, in any phase and step', () => {
  const steps = aLesson().steps.length;
  const keys = [
    'enter',
    'space',
    'p',
    'right',
    'i',
    'c',
    'h',
    'u',
    'm',
    'r',
    'R',
    'S',
    'x',
    'E',
    'C',
    'G',
    'a',
  ];
  for (const phase of ['preparing', 'running', 'finished', 'failed'] as const)
    for (let shown = -1; shown <= steps; shown += 1)
      for (const key of keys) expect(() => pressed(learning(1, { phase, shown }), key)).not.toThrow();
});
