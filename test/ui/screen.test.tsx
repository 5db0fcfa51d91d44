import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { sliceCells } from '../../src/model/fit-text.ts';
import type { Event } from '../../src/model/events.ts';
import { selectScreen } from '../../src/model/select-screen.ts';
import type { ShellScreen } from '../../src/model/shells.ts';
import { shellSize } from '../../src/model/layout.ts';
import { initialState, type Size, type State } from '../../src/model/state.ts';
import { loadLineChart } from '../../src/ui/charts/line-chart.ts';
import type { Charts } from '../../src/ui/panes/stats-lines.ts';
import { Screen } from '../../src/ui/screen.tsx';
import { FlatScreen } from '../../src/ui/screens/flat-screen.tsx';
import { createPaint } from '../../src/ui/theme.ts';
import {
  aContainer,
  after,
  anImage,
  aNetwork,
  aVolume,
  holding,
  mountOf,
  NOW,
  pressed,
  typed,
  unreadable,
} from '../model/build-state.ts';
import { RAN } from '../model/wire-calls.ts';

const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 97, rows: 31 },
  { columns: 120, rows: 40 },
  { columns: 240, rows: 70 },
];
const charts: Charts = { draw: await loadLineChart(), paint: (_, text) => text };
const paint = createPaint('none');

function draw(state: State): string[] {
  const { columns } = state.size;
  const text = renderToString(<Screen view={selectScreen(state)} paint={paint} charts={charts} />, {
    columns,
  });
  return text.replace(/\x1b\[[\d;]*m/g, '').split('\n');
}
const read = (state: State): string =>
  renderToString(<FlatScreen view={selectScreen(state)} />, { columns: 400 });

const route = (label: string, ok: boolean) => ({
  label,
  host: `unix:///run/user/1000/${label}.sock`,
  ok,
  text: ok ? 'answers (API 1.41)' : 'no such file',
  family: ok ? ('docker' as const) : null,
});
const line = (text: string, stream: 'stdout' | 'stderr' = 'stdout') => ({
  at: '2026-01-01T10:00:00.000000001Z',
  stream,
  text,
});
const sampled: Event = {
  type: 'stats-sampled',
  samples: Array.from({ length: 20 }, (_, i) => ({
    container: 'c-app',
    sample: {
      at: NOW + i * 1000,
      cpuPercent: i,
      memory: 4e7,
      memoryLimit: 8e9,
      networkIn: 1,
      networkOut: 1,
      blockIn: 1,
      blockOut: 1,
      pids: 3,
    },
  })),
};

const full = (size: Size): State =>
  after(
    holding({
      size,
      container: [
        aContainer('app', {
          ports: [{ ip: '0.0.0.0', host: 8080, container: 80, protocol: 'tcp' }],
          mounts: [mountOf('notes')],
        }),
        aContainer('日本語の名前'.repeat(9), {
          state: 'exited',
          exitCode: 137,
          image: 'registry.example.org/team/long-name:1.2.3-rc4',
        }),
        aContainer('👩‍👩‍👧‍👦-family', { state: 'paused' }),
        unreadable('container', 'broken'),
        ...Array.from({ length: 40 }, (_, i) => aContainer(`many-${i}`)),
      ],
      image: [anImage('tiny:1'), anImage('')],
      volume: [aVolume('notes'), aVolume('f'.repeat(64), { anonymous: true, size: null })],
      network: [aNetwork('own'), aNetwork('bridge', { builtIn: true })],
    }),
    { type: 'log-opened', container: 'c-app' },
    {
      type: 'log-arrived',
      container: 'c-app',
      lines: [line('one'), line('zwei 日本語 '.repeat(30)), line('bad', 'stderr')],
    },
    sampled,
  );

const inspected = (state: State): State =>
  after(
    state,
    { type: 'inspect-asked', of: 'container c-app x' },
    {
      type: 'inspect-read',
      of: 'container c-app x',
      value: { Name: '/app', Config: { Env: ['PASSWORD=secret', 'A=日本語'.repeat(40)] } },
    },
  );
const SHELL = { id: 1, label: 'bash', container: null };
/** A shell beside the wire, in the middle of a command after one that has failed. */
function withShell(size: Size, more: Partial<ShellScreen> = {}): State {
  const opened = after(pressed(full(size), '6').state, { type: 'shell-opened', tab: SHELL }, ...RAN);
  const { columns, rows: height } = shellSize(opened);
  const row = (text: string): string => text.padEnd(columns);
  const rows = Array.from({ length: height }, (_, i) =>
    row(i % 2 === 0 ? '\u001b[31m$ nosuch\u001b[0m'.padEnd(columns + 9) : 'text'),
  );
  const screen: ShellScreen = {
    columns,
    rows,
    cursor: { x: columns - 1, y: 1 },
    title: 'root@somewhere: a long title '.repeat(9),
    alternate: false,
    mouse: false,
    scrolledBack: 0,
    scrollback: 0,
    commands: rows.map((_, i) =>
      i === 0 ? { id: 1, code: 127, running: false } : i === 2 ? { id: 2, code: null, running: true } : null,
    ),
    running: 'sleep 100',
    ...more,
  };
  return after(opened, { type: 'shell-drawn', id: 1, screen });
}

const none: Event = {
  type: 'no-engine-found',
  reports: Array.from({ length: 30 }, (_, i) => route(`route-${i}-${'x'.repeat(i * 3)}`, false)),
  offer: { kind: 'install', command: `apt-get install -y ${'docker.io '.repeat(20)}` },
  advice: ['Start the service: systemctl start docker. '.repeat(5)],
  retryAt: NOW,
};

const STATES: readonly [string, (size: Size) => State][] = [
  ['the panes', full],
  ['an empty engine', (size) => holding({ size })],
  ['the start', (size) => initialState(size, NOW)],
  [
    'an engine that is lost',
    (size) =>
      after(full(size), {
        type: 'engine-lost',
        at: NOW,
        why: 'no such file or directory, '.repeat(9),
        advice: 'x',
      }),
  ],
  ['each pane in turn', (size) => pressed(full(size), '3').state],
  ['a filter', (size) => pressed(full(size), '/', ...typed('many')).state],
  ['a list that fills the screen', (size) => pressed(full(size), '+').state],
  ['a log that fills the screen', (size) => pressed(full(size), '5', '+', 'w', 't').state],
  ['the stats', (size) => pressed(full(size), 'u').state],
  ['the tree', (size) => inspected(pressed(full(size), 'i').state)],
  ['the question before a removal', (size) => pressed(full(size), 'ctrl-a', 'x').state],
  ['the run form', (size) => pressed(full(size), 'n', 'tab', ...typed('日本語 name '.repeat(12))).state],
  ['the palette', (size) => pressed(full(size), ':', ...typed('re')).state],
  ['help', (size) => pressed(full(size), '?', 'pgdn').state],
  ['what would be pruned', (size) => pressed(full(size), '3', 'X').state],
  [
    'the log of commands',
    (size) =>
      pressed(
        after(full(size), { type: 'command-started', id: 1, line: `docker rm ${'名 '.repeat(90)}`, at: NOW }),
        '@',
      ).state,
  ],
  ['a shell and the wire', (size) => withShell(size)],
  [
    'a shell of another size',
    (size) => withShell(size, { columns: 20, rows: ['x'.repeat(20)], commands: [] }),
  ],
  ['a shell that fills the screen', (size) => pressed(withShell(size), 'ctrl-g', '+').state],
  ['the wire that fills the screen', (size) => pressed(withShell(size), 'ctrl-g', '7', '+').state],
  ['an opened call', (size) => pressed(withShell(size), 'ctrl-g', '7', 'enter').state],
  ['the keys after the leader', (size) => pressed(withShell(size), 'ctrl-g').state],
  [
    'a shell that has ended',
    (size) =>
      after(withShell(size), {
        type: 'shell-ended',
        id: 1,
        text: 'The shell has ended '.repeat(9),
        advice: '',
        bad: true,
      }),
  ],
  ['a terminal without a shell', (size) => after(withShell(size), { type: 'shell-closed', id: 1 })],
  ['no engine', (size) => after(initialState(size, NOW), none)],
  [
    'several engines',
    (size) =>
      after(initialState(size, NOW), {
        type: 'engines-found',
        reports: [route('a', true), route('b', true), route('c', false)],
        offer: { kind: 'sandbox', way: 'dockerd as root' },
      }),
  ],
  [
    'an installation',
    (size) =>
      after(
        initialState(size, NOW),
        { type: 'work-started', title: 'Installing', at: NOW },
        ...Array.from({ length: 90 }, (_, i): Event => ({
          type: 'work-progressed',
          line: `Get:${i} ${'x'.repeat(i * 4)}`,
        })),
      ),
  ],
  [
    'a failure',
    (size) =>
      after(
        initialState(size, NOW),
        { type: 'work-failed', problem: { text: 'It failed.\n'.repeat(20), advice: 'a'.repeat(400) } },
        none,
      ),
  ],
];

describe.each(SIZES)('at $columns×$rows', (size) => {
  test.each(STATES)('%s fill the screen, not a cell more or less', (_, make) => {
    const lines = draw(make(size));
    expect(lines).toHaveLength(size.rows);
    // Ink leaves blanks at the end of a line away.
    const tooWide = lines.filter((text) => stringWidth(text) > size.columns);
    expect(tooWide).toEqual([]);
  });
  test('the borders of all panes stand in their columns', () => {
    for (const state of [
      full(size),
      pressed(full(size), 'u').state,
      inspected(pressed(full(size), 'i').state),
    ]) {
      const body = draw(state).slice(1, -1);
      expect(body.map((text) => stringWidth(text))).toEqual(body.map(() => size.columns));
    }
  });
});

describe('a screen that is too small', () => {
  test.each([
    [79, 24],
    [80, 23],
    [40, 10],
    [20, 3],
    [5, 1],
  ])('of %i×%i asks for more, and fits', (columns, rows) => {
    const lines = draw(holding({ size: { columns, rows } }));
    expect(lines).toHaveLength(rows);
    if (columns >= 40 && rows >= 10) expect(lines.join('\n')).toContain('80×24');
  });
});

describe('the screen shows', () => {
  test('the engine, the lists and the keys', () => {
    const text = draw(full({ columns: 120, rows: 40 })).join('\n');
    for (const part of [
      'slipway',
      '1 Containers',
      '2 Images',
      '3 Volumes',
      '4 Networks',
      '5 app',
      '[Logs]',
      ':8080→80',
      's stop',
      '$ docker stop app',
      '! bad',
    ])
      expect(text).toContain(part);
  });
  test('the exact command before it installs anything', () => {
    const small: Event = {
      type: 'no-engine-found',
      advice: [],
      retryAt: NOW,
      reports: [],
      offer: { kind: 'install', command: 'apt-get install docker.io' },
    };
    expect(draw(after(initialState({ columns: 80, rows: 24 }, NOW), small)).join('\n')).toContain(
      '$ apt-get install docker.io',
    );
  });
  test('Cancel selected in a question, and the cursor in a form', () => {
    expect(draw(pressed(full({ columns: 80, rows: 24 }), 'x').state).join('\n')).toMatch(/▸ Cancel/);
    expect(draw(pressed(full({ columns: 80, rows: 24 }), 'n').state).join('\n')).toMatch(/▸ Image +tiny:1/);
  });
  test('never a secret of the environment unasked', () => {
    const text = draw(inspected(pressed(full({ columns: 120, rows: 40 }), 'i').state)).join('\n');
    expect(text).toContain('PASSWORD=');
    expect(text).not.toContain('secret');
  });
});

/** Whether the sides of the box over the panes stand below its corners. */
function hasStraightSides(lines: readonly string[]): boolean {
  const top = lines.findLastIndex((text) => text.includes('┍'));
  const before = lines[top]!.slice(0, lines[top]!.lastIndexOf('┍'));
  const until = lines[top]!.slice(0, lines[top]!.indexOf('┑', before.length));
  const [left, right] = [stringWidth(before), stringWidth(until)];
  const bottom = lines.findIndex((text, i) => i > top && sliceCells(text, left, 1).text === '┕');
  const inside = lines.slice(top + 1, bottom);
  return (
    bottom > top &&
    inside.every((text) => sliceCells(text, left, 1).text === '│' && sliceCells(text, right, 1).text === '│')
  );
}

describe('a shell', () => {
  const screen = draw(withShell({ columns: 120, rows: 40 }));
  test('has marks in the place of its left border, and its name in the title', () => {
    const at = screen.findIndex((text) => text.includes('6 Terminal ──[sleep]'));
    expect(screen[at]).toMatch(/root@somewhere/);
    expect(screen[at + 1]).toMatch(/^✗\$ nosuch/);
    expect(screen[at + 2]).toMatch(/^│text/);
    expect(screen[at + 3]).toMatch(/^▸\$ nosuch/);
  });
  test('stands beside the wire where there is room, and alone with it in turn where there is not', () => {
    const titles = (text: readonly string[]) => text.filter((t) => /6 Terminal|7 Wire/.test(t));
    expect(titles(screen)).toEqual([expect.stringMatching(/6 Terminal.*7 Wire/)]);
    const small = withShell({ columns: 80, rows: 24 });
    expect(titles(draw(small))).toEqual([expect.not.stringContaining('7 Wire')]);
    expect(titles(draw(pressed(small, 'ctrl-g', '7').state))).toEqual([
      expect.not.stringContaining('6 Terminal'),
    ]);
  });
});

describe('the box over the panes', () => {
  test('keeps its sides straight wherever the cursor stands in a long text with wide characters', () => {
    const size = { columns: 80, rows: 24 };
    for (let length = 40; length < 75; length += 1) {
      const form = pressed(
        holding({ size, container: [aContainer('web')] }),
        'n',
        'tab',
        ...typed('x'.repeat(length)),
        ...typed('日本語'),
      ).state;
      for (const back of [0, 1, 2, 3]) {
        const state = pressed(form, ...Array.from({ length: back }, () => 'left')).state;
        expect(hasStraightSides(draw(state)), `${length}, ${back} back`).toBe(true);
      }
    }
  });
  test('stands within the screen with any text', () => {
    for (const key of ['x', 'K', 'n', ':', '?'])
      expect(
        hasStraightSides(draw(pressed(full({ columns: 80, rows: 24 }), '1', 'j', 'j', key).state)),
        key,
      ).toBe(true);
  });
});

describe('for a screen reader', () => {
  test.each(STATES)('%s have no boxes and no colours', (_, make) => {
    expect(read(make({ columns: 80, rows: 24 }))).not.toMatch(/[─-╿\x1b]/);
  });
  test('a list is told in words, with what is selected and marked', () => {
    const text = read(pressed(full({ columns: 120, rows: 40 }), 'space').state);
    expect(text).toMatch(/marked: app, tiny:1, Up/);
    expect(text).toMatch(/selected: /);
    expect(text).toContain('Keys: ');
  });
  test('a shell is its text, with how its last command ended', () => {
    const text = read(
      after(
        withShell({ columns: 120, rows: 40 }),
        { type: 'typed-command-started', id: 9, shell: 1, line: 'nosuch', at: NOW },
        { type: 'typed-command-ended', id: 9, code: 127, words: 'no such command', at: NOW },
      ),
    );
    expect(text).toMatch(/Terminal, \[sleep\]\n\$ nosuch\ntext\n/);
    expect(text).toContain('✗ 127: no such command');
  });
  test('a lost engine calls for attention, and error output is called that', () => {
    const lost = after(holding(), { type: 'engine-lost', at: NOW, why: 'nobody listens', advice: '' });
    expect(read(lost)).toMatch(/^Attention: LOST/);
    expect(read(pressed(full({ columns: 120, rows: 40 }), '5').state)).toContain('error output: bad');
  });
});
