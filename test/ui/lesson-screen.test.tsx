import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { createStore } from '../../src/app/store.ts';
import type { Event } from '../../src/model/events.ts';
import { shellSize } from '../../src/model/layout.ts';
import { reduce } from '../../src/model/reduce.ts';
import { selectScreen } from '../../src/model/select-screen.ts';
import { initialState, type Size, type State } from '../../src/model/state.ts';
import { createSetMarkdown } from '../../src/ui/markdown/set-markdown.ts';
import { typesetLesson } from '../../src/ui/markdown/typeset-lesson.ts';
import { Screen } from '../../src/ui/screen.tsx';
import { FlatScreen } from '../../src/ui/screens/flat-screen.tsx';
import { createPaint, type ColorDepth } from '../../src/ui/theme.ts';
import {
  aCheck,
  aLesson,
  anEntry,
  aStep,
  BLOCKED,
  judged,
  learning,
  MISTAKE,
  NOT_YET,
  PASS,
} from '../model/a-lesson.ts';
import { after, holding, NOW, pressed } from '../model/build-state.ts';

const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 97, rows: 31 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];
const [SMALL, , MIDDLE] = SIZES as [Size, Size, Size];

/** As the program does it: what is Markdown is typeset when the state wants it. */
function typeset(state: State, depth: ColorDepth, flat: boolean): State {
  const setMarkdown = createSetMarkdown({ depth, flat });
  const store = createStore(reduce, state);
  typesetLesson(store, { get: () => setMarkdown, subscribe: () => () => {}, want: () => {} })();
  return store.getState();
}

function painted(state: State, depth: ColorDepth = 'none'): string {
  const view = selectScreen(typeset(state, depth, false));
  const { columns } = state.size;
  return renderToString(<Screen view={view} paint={createPaint(depth)} charts={null} />, { columns });
}
const draw = (state: State): string[] =>
  painted(state)
    .replace(/\x1b\[[\d;]*m/g, '')
    .split('\n');
const read = (state: State): string =>
  renderToString(<FlatScreen view={selectScreen(typeset(state, 'none', true))} />, { columns: 400 });

const EXPLAINED: Event = {
  type: 'error-explained',
  explained: {
    said: 'Unable to find image "tinny:1" locally',
    meaning: 'There is no image of this name here. '.repeat(4),
    tryThis: 'docker run tiny:1',
  },
};

const odd = '日本語の名前 👩‍👩‍👧‍👦 '.repeat(20) + 'x'.repeat(200);
const ODD = aLesson({
  title: odd,
  steps: [
    aStep(
      'odd',
      odd,
      [
        { id: 'p', line: 1, kind: 'prose', markdown: odd },
        { id: 'r', line: 1, kind: 'run', commands: [odd, 'a\nb'] },
        { id: 'c', line: 1, kind: 'checks', ids: ['one', 'two'] },
        {
          id: 'q',
          line: 1,
          kind: 'quiz',
          question: { ask: odd, options: [odd, odd], answer: 0, because: odd, wrong: { 1: odd } },
        },
        { id: 'm', line: 1, kind: 'myth', claim: odd, fact: odd },
        {
          id: 'l',
          line: 1,
          kind: 'diagram',
          diagram: {
            name: 'layers',
            alt: odd,
            rows: [
              { label: odd, note: odd, kind: 'writable' },
              { label: 'b', note: '', kind: 'read-only' },
            ],
          },
        },
        {
          id: 'f',
          line: 1,
          kind: 'diagram',
          diagram: { name: 'flow', alt: odd, boxes: ['docker', odd, 'c'], arrows: ['HTTP', odd] },
        },
        {
          id: 's',
          line: 1,
          kind: 'diagram',
          diagram: { name: 'flow', alt: '', boxes: ['docker', 'dockerd'], arrows: ['HTTP'] },
        },
        {
          id: 't',
          line: 1,
          kind: 'diagram',
          diagram: {
            name: 'table',
            alt: odd,
            head: ['a', odd, 'c'],
            rows: [
              [odd, 'x'],
              ['1', '2', odd],
            ],
          },
        },
      ],
      { checks: [aCheck('one', odd), aCheck('two', odd)], hints: [odd], solution: [odd] },
    ),
  ],
});

function withShell(state: State): State {
  const opened = after(pressed(state, '6').state, {
    type: 'shell-opened',
    tab: { id: 1, label: 'bash', container: null },
  });
  const { columns, rows } = shellSize(opened);
  const screen = {
    columns,
    rows: Array.from({ length: rows }, (_, i) => `line ${i}`.padEnd(columns)),
    cursor: { x: 0, y: rows - 1 },
    title: '',
    alternate: false,
    mouse: false,
    scrolledBack: 0,
    scrollback: 0,
    commands: Array.from({ length: rows }, () => null),
    running: '',
  };
  return after(opened, { type: 'shell-drawn', id: 1, screen });
}

const CATALOGUE: Event = {
  type: 'catalogue-read',
  catalogue: {
    due: 2,
    lessons: Array.from({ length: 30 }, (_, i) =>
      anEntry(`l${i}`, {
        number: i,
        title: i % 2 === 0 ? odd : `Lesson ${i}`,
        requires: ['l0', 'l1', 'l2'],
        teaches: [odd],
      }),
    ),
  },
};

const at = (step: number, size: Size, more = {}): State => learning(step, more, { size });
const STATES: readonly [string, (size: Size) => State][] = [
  ['the introduction', (size) => at(0, size, { shown: -1 })],
  ['a quiz', (size) => pressed(at(0, size), 'a').state],
  [
    'a step with a mistake',
    (size) => after(at(1, size), judged({ running: MISTAKE, written: NOT_YET }), EXPLAINED),
  ],
  ['a step that could not be checked', (size) => after(at(1, size), judged({ running: BLOCKED }))],
  ['a lesson that fills the screen', (size) => pressed(at(1, size), '+', 'h', 'h', 'h', 'h').state],
  ['the details beside it', (size) => pressed(at(1, size), '5').state],
  ['a list', (size) => pressed(at(1, size), '3').state],
  ['a shell below it', (size) => withShell(at(1, size))],
  ['the wire below it', (size) => pressed(at(1, size), '7').state],
  ['getting ready', (size) => at(0, size, { phase: 'preparing', task: odd })],
  ['what could not begin', (size) => at(0, size, { phase: 'failed', why: odd, advice: odd })],
  [
    'odd texts',
    (size) =>
      after(
        at(0, size, { lesson: ODD, hints: new Map([['odd', 2]]) }),
        judged({ one: { ...MISTAKE, say: odd } as typeof MISTAKE }),
      ),
  ],
  [
    'odd texts, further down',
    (size) =>
      pressed(at(0, size, { lesson: ODD, hints: new Map([['odd', 2]]) }), '+', 'b', 'pgdn', 'pgdn').state,
  ],
  ['the end of odd texts', (size) => pressed(at(0, size, { lesson: ODD }), 'b', 'G').state],
  ['the notebook', (size) => at(4, size, { phase: 'finished', notebook: `# ${odd}\n\n- ${odd}` })],
  [
    'the list of lessons',
    (size) => pressed(after(pressed(at(1, size), 'L').state, CATALOGUE), 'pgdn', '/').state,
  ],
  ['the welcome', (size) => initialState(size, NOW, undefined, { welcome: true })],
  ['an explanation over a shell', (size) => after(withShell(holding({ size })), EXPLAINED)],
];

describe.each(SIZES)('at $columns×$rows', (size) => {
  test.each(STATES)('%s fills the screen, not a cell more or less', (_, make) => {
    const lines = draw(make(size));
    expect(lines).toHaveLength(size.rows);
    expect(lines.filter((text) => stringWidth(text) > size.columns)).toEqual([]);
  });
  test('the borders of the panes stand in their columns', () => {
    for (const name of [
      'a step with a mistake',
      'odd texts',
      'odd texts, further down',
      'the end of odd texts',
      'a shell below it',
      'an explanation over a shell',
    ]) {
      const make = STATES.find(([title]) => title === name)![1];
      const body = draw(make(size)).slice(1, -1);
      expect(
        body.map((text) => stringWidth(text)),
        name,
      ).toEqual(body.map(() => size.columns));
    }
  });
  test('the check that is open, and why, are in view when something was found', () => {
    const text = draw(after(at(1, size), judged({ running: PASS, written: NOT_YET }))).join('\n');
    expect(text).toContain('· /note says amber-fox');
    expect(text).toContain('No container called "keep" yet.');
  });
});

describe('without colours', () => {
  test('everything that is told by a colour is told by a mark, too', () => {
    const marks = [PASS, NOT_YET, MISTAKE, BLOCKED].map(
      (running) =>
        /(\S) "keep" is running/.exec(draw(after(at(1, MIDDLE), judged({ running }))).join('\n'))?.[1],
    );
    expect(marks).toEqual(['✓', '·', '!', '?']);
    const options = draw(pressed(at(0, MIDDLE), 'a', 'b').state).join('\n');
    expect(options).toContain('✓ b) A read-only template');
  });
  test('no colour is sent, not even by the text of the lesson', () => {
    const codes = [
      ...painted(after(at(1, MIDDLE), judged({ running: MISTAKE }), EXPLAINED)).matchAll(/\x1b\[([\d;]*)m/g),
    ].map(([, code]) => code);
    expect(codes.filter((code) => /3[0-8]|9[0-7]|4[0-8]/.test(code ?? ''))).toEqual([]);
    expect(painted(at(1, MIDDLE), 'many')).toMatch(/\x1b\[38;5;79m/);
  });
});

describe('the screen shows', () => {
  test('title, step, text, commands and keys', () => {
    const text = draw(at(1, MIDDLE)).join('\n');
    for (const part of [
      '8 The thin layer on top',
      'step 2 of 4',
      'Leave a note',
      '▸ $ docker run -d --name keep',
      'i insert',
      'c check',
      'h hint',
      '0 of 2 checks',
    ])
      expect(text).toContain(part);
  });
  test('drawings in characters, notes and myths apart', () => {
    const text = draw(pressed(at(1, MIDDLE), '+').state).join('\n');
    for (const part of [
      '│ keep    /note      writable  │',
      '│ tiny:1  /bin /etc  read-only │',
      '│ Note',
      '│ Myth',
      '│ In fact',
    ])
      expect(text).toContain(part);
  });
  test('a flow from left to right where there is room, else from the top down', () => {
    const step = ODD.steps[0]!;
    const lesson = aLesson({ steps: [{ ...step, blocks: step.blocks.filter(({ id }) => id === 's') }] });
    expect(draw(at(0, MIDDLE, { lesson })).join('\n')).toContain('[ docker ] ── HTTP ─▶ [ dockerd ]');
  });
  test('an explanation over the last lines of a shell, which keeps its size and its first lines', () => {
    const before = withShell(holding({ size: SMALL }));
    const lines = draw(after(before, EXPLAINED));
    expect(lines.join('\n')).toContain('Unable to find image "tinny:1" locally');
    expect(lines.join('\n')).toContain('Try: docker run tiny:1');
    expect(lines.join('\n')).toContain('line 0');
    expect(shellSize(after(before, EXPLAINED))).toEqual(shellSize(before));
  });
  test('the explanation in the lesson instead, where one is in view', () => {
    const text = draw(after(withShell(at(1, MIDDLE)), EXPLAINED)).join('\n');
    expect(text.match(/Unable to find image/g)).toHaveLength(1);
    expect(text).not.toContain('Esc closes');
    const hidden = draw(after(pressed(at(1, SMALL), '1').state, EXPLAINED)).join('\n');
    expect(hidden).toContain('Esc closes');
  });
});

describe('for a screen reader', () => {
  test.each(STATES)('%s has no boxes and no colours', (_, make) => {
    expect(read(make(SMALL))).not.toMatch(/[─-╿\x1b]/);
  });
  test('a lesson is told in order, its checks and their reason in words', () => {
    const text = read(after(at(1, SMALL), judged({ running: PASS, written: NOT_YET }), EXPLAINED));
    const order = [
      'Lesson: The thin layer on top, step 2 of 4',
      'Leave a note',
      'Start a box and leave a note inside.',
      'Next command: docker run -d --name keep tiny:1 sleep 1d',
      'The engine says: Unable to find',
      'passed: "keep" is running',
      'not yet: /note says amber-fox, because: No container called "keep" yet.',
      'Drawing: The writable layer of keep lies on the layers of tiny:1.',
      'Keys: ',
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
  test('a question has its options by letter, and what became of the answer in words', () => {
    expect(read(pressed(at(0, SMALL), 'a').state)).toContain('a: A running program (your answer, wrong)');
    expect(read(pressed(at(2, SMALL), 'b').state)).toContain('b: still there (your guess)');
  });
  test('who is in the terminal hears how the step stands', () => {
    const text = read(after(withShell(at(1, SMALL)), judged({ running: MISTAKE })));
    expect(text).toContain('not as it should be: "keep" is running, because: I see "kepe"');
    expect(read(after(withShell(holding({ size: SMALL })), EXPLAINED))).toContain(
      'That means: There is no image',
    );
  });
  test('the list and the welcome are told with what is selected, and their keys', () => {
    const list = read(pressed(after(pressed(at(1, SMALL), 'L').state, CATALOGUE), 'j').state);
    expect(list).toContain('selected: 1  Lesson 1');
    expect(list).toContain('Keys: ↑↓ choose, Enter open');
    const welcome = read(initialState(SMALL, NOW, undefined, { welcome: true }));
    expect(welcome).toContain('selected: l  Learn containers');
  });
});
