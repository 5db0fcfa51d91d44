import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { KINDS, type Item, type Kind } from '../../../src/engine/objects.ts';
import { openTree, searchTree, selectTreeRows } from '../../../src/model/json-tree.ts';
import { appendLog, openLogView } from '../../../src/model/log-view.ts';
import { rowsOf } from '../../../src/model/rows.ts';
import { searchLog } from '../../../src/model/scroll-log.ts';
import { selectLogView } from '../../../src/model/select-log-view.ts';
import { listLines, type ListPicture } from '../../../src/ui/panes/list-lines.ts';
import { logLines } from '../../../src/ui/panes/log-lines.ts';
import { statsLines } from '../../../src/ui/panes/stats-lines.ts';
import { treeLines } from '../../../src/ui/panes/tree-lines.ts';
import { loadLineChart } from '../../../src/ui/charts/line-chart.ts';
import { createPaint } from '../../../src/ui/theme.ts';
import { bottomBorder, sided, titleLine } from '../../../src/ui/widgets/frame.ts';
import { aContainer, aNetwork, aVolume, anImage, NOW, unreadable } from '../../model/build-state.ts';
import { dice, type Dice } from '../../support/odd-text.ts';

const paint = createPaint('many');
const bare = createPaint('none');
const plain = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '');
const NO_FACTS = {
  now: NOW,
  cpu: new Map<string, string>(),
  usedBy: { images: new Map(), volumes: new Map(), networks: new Map() },
};

function expectWidths(lines: readonly string[], width: number, what: string): void {
  const wrong = lines.filter((line) => stringWidth(line) !== width);
  if (wrong.length > 0) expect(wrong.map(plain), what).toEqual([]);
}

const oddItem: Readonly<Record<Kind, (throws: Dice) => Item>> = {
  container: (throws) =>
    aContainer(throws.text(12), {
      image: throws.text(9),
      command: throws.text(20),
      state: throws.pick(['running', 'exited', 'paused']),
    }),
  image: (throws) => anImage('x', { tags: [throws.text(14)], size: throws.below(9e9) }),
  volume: (throws) => aVolume(throws.text(20), { driver: throws.text(4) }),
  network: (throws) => aNetwork(throws.text(9), { subnets: [throws.text(9)] }),
};

function picture(kind: Kind, width: number, more: Partial<ListPicture> = {}): ListPicture {
  const throws = dice(width);
  const items: Item[] = Array.from({ length: 5 }, () => oddItem[kind](throws));
  items.push(unreadable(kind, throws.text(5), throws.text(30)));
  const rows = items.flatMap(rowsOf);
  return {
    kind,
    rows,
    selected: 1,
    flashing: new Set<string>(),
    own: new Set<string>(),
    marked: new Set([rows[2]!.key]),
    focused: true,
    facts: NO_FACTS,
    width,
    titled: false,
    ...more,
  };
}

describe('the lines of a list', () => {
  test('are exactly as wide as asked, whatever is in them', () => {
    for (const kind of KINDS)
      for (let width = 34; width <= 240; width += width < 90 ? 1 : 7)
        for (const titled of [true, false])
          expectWidths(
            listLines(picture(kind, width, { titled, focused: width % 2 === 0 }), paint),
            width,
            `${kind} in ${width}`,
          );
  });
  test('show selection, marks and states without colour', () => {
    const rows = [
      aContainer('web'),
      aContainer('old', { state: 'exited', exitCode: 1 }),
      aContainer('db', { state: 'paused' }),
    ].flatMap(rowsOf);
    const lines = listLines(
      { ...picture('container', 60), rows, selected: 0, marked: new Set([rows[1]!.key]), focused: false },
      bare,
    ).map(plain);
    expect(lines[0]).toMatch(/^▸ ● +web/);
    expect(lines[1]).toMatch(/^ ✓✗ +old .*Exited \(1\)/);
    expect(lines[2]).toMatch(/^ {2}‖ +db .*Paused/);
  });
  test('show a row that cannot be read, with the reason', () => {
    const rows = rowsOf(unreadable('container', 'web', 'no State'));
    expect(plain(listLines({ ...picture('container', 60), rows, selected: -1 }, bare)[0]!)).toMatch(
      /\? +web cannot be read: no State/,
    );
  });
  test('have titles above them where the list fills the screen', () => {
    expect(plain(listLines(picture('image', 80, { titled: true }), bare)[0]!)).toMatch(/^ {2}Name .*Size/);
  });
});

describe('the lines of a log', () => {
  test('are exactly as wide as asked, wrapped or not, with times and a search', () => {
    for (let width = 20; width <= 120; width += 9) {
      const throws = dice(width);
      const lines = Array.from({ length: 30 }, (_, i) => ({
        at: '2026-01-01T10:00:00.000000001Z',
        stream: i % 3 === 0 ? ('stderr' as const) : ('stdout' as const),
        text: throws.text(50),
      }));
      const size = { columns: width, rows: 20 };
      const view = searchLog(appendLog(openLogView(), lines), 'e', size);
      for (const wrap of [true, false])
        for (const timestamps of [true, false])
          expectWidths(
            logLines(selectLogView({ ...view, wrap, timestamps }, size), width, paint),
            width,
            `width ${width}`,
          );
    }
  });
  test('tell stderr from stdout without colour', () => {
    const view = appendLog(openLogView(), [
      { at: '', stream: 'stdout', text: 'fine' },
      { at: '', stream: 'stderr', text: 'not fine' },
    ]);
    const lines = logLines(selectLogView(view, { columns: 30, rows: 5 }), 30, bare).map(plain);
    expect(lines.map((line) => line.trim())).toEqual(['fine', '! not fine']);
  });
});

describe('the lines of a tree', () => {
  test('are exactly as wide as asked, as a tree and raw', () => {
    for (let width = 20; width <= 120; width += 3) {
      const throws = dice(width);
      const value = {
        [throws.text(9)]: throws.text(50),
        a: { b: [throws.text(40), { c: { d: { e: [1, null, true] } } }] },
        Env: ['PASSWORD=x'],
      };
      const tree = searchTree(openTree(value), 'a', 20);
      for (const raw of [false, true])
        expectWidths(
          treeLines(selectTreeRows({ ...tree, raw }, 20), raw, width, paint, width % 2 === 0),
          width,
          `width ${width}`,
        );
    }
  });
  test('show what is folded without colour', () => {
    const rows = selectTreeRows(openTree({ a: { b: 1 }, c: Array.from({ length: 40 }, () => 1) }), 20);
    const lines = treeLines(rows, false, 40, bare, false).map(plain);
    expect(lines.map((line) => line.trim().slice(0, 3))).toEqual(expect.arrayContaining(['▾ a', '▸ c']));
  });
});

describe('the lines of the stats', () => {
  const samples = Array.from({ length: 70 }, (_, i) => ({
    at: NOW + i * 1000,
    cpuPercent: i === 0 ? null : (i * 37) % 230,
    memory: 40_000_000 + i * 100_000,
    memoryLimit: i % 2 === 0 ? 0 : 8e9,
    networkIn: i * 1e6,
    networkOut: i,
    blockIn: 0,
    blockOut: 3e9,
    pids: i,
  }));
  test('are exactly as wide as asked and never too many, with charts and before', async () => {
    const charts = { draw: await loadLineChart(), paint: (_: unknown, text: string) => text };
    for (const columns of [42, 77, 155])
      for (const rows of [4, 11, 12, 33, 66])
        for (const drawn of [charts, null]) {
          const lines = statsLines(samples, { columns, rows }, paint, drawn);
          expectWidths(lines, columns, `${columns}×${rows}`);
          expect(lines.length).toBeLessThanOrEqual(rows);
        }
  });
  test('say the newest figures in words', () => {
    const lines = statsLines(samples, { columns: 100, rows: 4 }, bare, null).join('\n');
    expect(lines).toMatch(/CPU [\d.]+ % of a core +Memory 46.9 MB of 8 GB \(0\.6 %\) +Processes 69/);
  });
});

describe('a frame', () => {
  test('is exactly as wide as asked, whatever its title and note', () => {
    for (let width = 20; width <= 200; width += 1) {
      const throws = dice(width);
      for (const corners of ['first', 'next'] as const) {
        const line = titleLine(paint, {
          title: throws.text(30),
          note: throws.text(30),
          width,
          focused: width % 2 === 0,
          corners,
        });
        expectWidths(
          [line, bottomBorder(paint, width, width % 3 === 0), sided(paint, ' '.repeat(width - 2), true)],
          width,
          `width ${width}`,
        );
      }
    }
  });
  test('shows the focus without colour', () => {
    const line = (focused: boolean): string =>
      plain(titleLine(bare, { title: 'x', width: 20, focused, corners: 'first' }));
    expect(line(true)).not.toBe(line(false));
  });
});
