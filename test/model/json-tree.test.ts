import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/engine/engine.ts';
import { rawJson, valueAt } from '../../src/model/json-rows.ts';
import {
  cursorPath,
  cursorValue,
  foldAll,
  foldOrLeave,
  moveTreeCursor,
  nextTreeMatch,
  openTree,
  putCursor,
  replaceTreeValue,
  searchTree,
  selectTreeRows,
  selectTreeStatus,
  toggleFold,
  toggleRaw,
  toggleReveal,
  treeCursorRow,
  unfoldAll,
  unfoldOrEnter,
  type TreeState,
} from '../../src/model/json-tree.ts';
import { dice, type Dice } from '../support/odd-text.ts';

const HEIGHT = 10;
const INSPECTED: JsonValue = {
  Id: 'c0ffee',
  State: { Status: 'running', Pid: 12, Dead: false, Error: null },
  Config: {
    Env: ['PATH=/bin', 'DB_PASSWORD=hunter2', 'api_key=abc', 'EMPTY_TOKEN='],
    CreateCommand: ['podman', 'run', '-e', 'MY_SECRET=1', '--env=ACCESS_TOKEN=2'],
    Labels: { 'org.example/odd key': 'x' },
    Many: Array.from({ length: 20 }, (_, at) => at),
  },
  Mounts: [],
};
const tree = openTree(INSPECTED);
const shown = (state: TreeState): string[] =>
  state.rows.map(
    (row) => `${'  '.repeat(row.depth)}${row.key}: ${row.text}${row.fold === 'folded' ? ' +' : ''}`,
  );
const at = (state: TreeState, path: string): TreeState =>
  putCursor(
    state,
    state.rows.findIndex((row) => row.path === path),
    HEIGHT,
  );

describe('folding', () => {
  test('the top level is open, small branches too, big ones folded', () => {
    expect(shown(tree)).toEqual([
      'Id: "c0ffee"',
      'State: {4}',
      '  Status: "running"',
      '  Pid: 12',
      '  Dead: false',
      '  Error: null',
      'Config: {4} +',
      'Mounts: []',
    ]);
  });
  test('a branch opens and folds under the cursor', () => {
    const config = at(tree, '.Config');
    const open = toggleFold(config, HEIGHT);
    expect(shown(open)).toContain('  Many: [20] +');
    expect(shown(open)).toContain('    0: "PATH=/bin"');
    expect(shown(toggleFold(open, HEIGHT))).toEqual(shown(tree));
    expect(toggleFold(at(tree, '.Mounts'), HEIGHT)).toEqual(at(tree, '.Mounts'));
  });
  test('right opens and enters, left folds and leaves', () => {
    let state = unfoldOrEnter(unfoldOrEnter(at(tree, '.Config'), HEIGHT), HEIGHT);
    expect(cursorPath(state)).toBe('.Config.Env');
    state = foldOrLeave(state, HEIGHT);
    expect(treeCursorRow(state)).toMatchObject({ path: '.Config.Env', fold: 'folded' });
    state = foldOrLeave(state, HEIGHT);
    expect(cursorPath(state)).toBe('.Config');
    expect(foldOrLeave(at(tree, '.Id'), HEIGHT)).toEqual(at(tree, '.Id'));
  });
  test('all at once, the cursor going to what still holds it', () => {
    expect(shown(unfoldAll(tree, HEIGHT))).toContain('    19: 19');
    const folded = foldAll(at(unfoldAll(tree, HEIGHT), '.Config.Env[2]'), HEIGHT);
    expect([shown(folded).length, cursorPath(folded)]).toEqual([4, '.Config']);
  });
  test('a new value keeps what is open and where the cursor is', () => {
    const open = at(toggleFold(at(tree, '.Config'), HEIGHT), '.Config.Many');
    const again = replaceTreeValue(open, { Name: 'new', ...(INSPECTED as object) });
    expect([cursorPath(again), again.rows.length]).toEqual(['.Config.Many', open.rows.length + 1]);
  });
});

describe('the cursor', () => {
  test('stays among the rows, and the view with it', () => {
    let state = moveTreeCursor(tree, 99, 3);
    expect([cursorPath(state), selectTreeRows(state, 3).map((row) => row.selected)]).toEqual([
      '.Mounts',
      [false, false, true],
    ]);
    state = moveTreeCursor(state, -1, 3);
    expect(selectTreeRows(state, 3).map((row) => row.selected)).toEqual([false, true, false]);
    expect(putCursor(state, -5, 3).cursor).toBe(0);
    expect(cursorPath(putCursor(state, Infinity, 3))).toBe('.Mounts');
  });
  test('has a path and a value to copy', () => {
    const all = unfoldAll(tree, HEIGHT);
    expect(cursorPath(at(all, '.Config.Labels["org.example/odd key"]'))).toBe(
      '.Config.Labels["org.example/odd key"]',
    );
    expect(cursorValue(at(all, '.Id'))).toBe('c0ffee');
    expect(cursorValue(at(all, '.State.Pid'))).toBe('12');
    expect(cursorValue(at(all, '.Config.Labels'))).toBe('{\n  "org.example/odd key": "x"\n}');
    expect(cursorValue(at(all, '.Config.Env[1]'))).toBe('DB_PASSWORD=••••');
    expect(cursorValue(toggleReveal(at(all, '.Config.Env[1]')))).toBe('DB_PASSWORD=hunter2');
  });
});

const texts = (state: TreeState): string => state.rows.map((row) => row.text).join('\n');

describe('secrets', () => {
  test('are masked in the tree and in raw JSON until they are revealed', () => {
    for (const state of [unfoldAll(tree, HEIGHT), toggleRaw(tree)]) {
      expect(texts(state)).toContain('DB_PASSWORD=••••');
      expect(texts(state)).toContain('PATH=/bin');
      expect(texts(state)).not.toMatch(/hunter2|abc|MY_SECRET=1|ACCESS_TOKEN=2/);
      expect(texts(toggleReveal(state))).toContain('hunter2');
    }
  });
  test('are not found by a search while they are masked', () => {
    expect(selectTreeStatus(searchTree(tree, 'hunter', HEIGHT)).matches).toBe(0);
    expect(selectTreeStatus(searchTree(toggleReveal(tree), 'hunter', HEIGHT)).matches).toBe(1);
  });
});

describe('searching', () => {
  test('finds keys and values, opens what hides them, goes round', () => {
    let state = searchTree(tree, 'ENV', HEIGHT);
    expect([cursorPath(state), selectTreeStatus(state)]).toMatchObject([
      '.Config.Env',
      { matches: 2, current: 1 },
    ]);
    state = nextTreeMatch(state, 1, HEIGHT);
    expect(cursorPath(state)).toBe('.Config.CreateCommand[4]');
    state = nextTreeMatch(state, 1, HEIGHT);
    expect(cursorPath(state)).toBe('.Config.Env');
    expect(cursorPath(nextTreeMatch(state, -1, HEIGHT))).toBe('.Config.CreateCommand[4]');
  });
  test('marks what it found', () => {
    const row = selectTreeRows(searchTree(tree, 'un', HEIGHT), HEIGHT).find(({ selected }) => selected);
    expect([row?.path, row?.textSpans]).toEqual(['.State.Status', [{ from: 2, to: 4 }]]);
  });
  test('nothing found moves nothing, and an empty query finds nothing', () => {
    expect(searchTree(at(tree, '.Mounts'), 'xyz', HEIGHT).cursor).toBe(at(tree, '.Mounts').cursor);
    expect(selectTreeStatus(searchTree(tree, '', HEIGHT))).toMatchObject({ matches: 0, current: 0 });
  });
  test('works in raw JSON', () => {
    const state = searchTree(toggleRaw(tree), 'status', HEIGHT);
    expect(treeCursorRow(state)?.text).toBe('    "Status": "running",');
    expect([cursorPath(state), cursorValue(state)]).toEqual(['', '"Status": "running",']);
  });
});

function anyValue({ below, text, pick }: Dice, depth = 0): JsonValue {
  const make = (): JsonValue => anyValue({ below, text, pick }, depth + 1);
  const kind = below(depth > 3 ? 4 : 6);
  if (kind === 4) return Array.from({ length: below(5) }, make);
  if (kind === 5) return Object.fromEntries(Array.from({ length: below(5) }, () => [text(3), make()]));
  return [null, text(4), below(99), pick([true, false])][kind] ?? null;
}

test('raw JSON is the value, every row has a path that leads to its value', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const value = anyValue(dice(seed, { controls: true }));
    expect(JSON.parse(rawJson(value, true)), `seed ${seed}`).toEqual(value);
    const { rows } = unfoldAll(openTree(value), HEIGHT);
    expect(new Set(rows.map((row) => row.path)).size, `seed ${seed}`).toBe(rows.length);
    for (const row of rows) {
      const found = valueAt(value, row.path);
      if (row.fold === null && row.type === 'string') expect(JSON.stringify(found), row.path).toBe(row.text);
      else expect(found, row.path).toBeDefined();
    }
  }
});

describe('odd values', () => {
  test.each([null, 'text', 3, [], {}])('%j alone can be shown', (value) => {
    const state = openTree(value);
    expect(
      selectTreeRows(nextTreeMatch(searchTree(state, 'x', HEIGHT), 1, HEIGHT), HEIGHT).length,
    ).toBeLessThan(2);
    expect(cursorValue(foldOrLeave(unfoldOrEnter(state, HEIGHT), HEIGHT))).toBeTypeOf('string');
  });
  test('a value nested ten thousand deep is shown, unfolded and searched', () => {
    let value: JsonValue = 'bottom';
    for (let depth = 0; depth < 10_000; depth += 1) value = [value];
    const state = unfoldAll(openTree(value), HEIGHT);
    expect(state.rows).toHaveLength(10_000);
  });
  test('a huge string is cut in the tree and whole when copied', () => {
    const state = openTree({ a: 'x'.repeat(1_000_000) });
    expect(state.rows[0]?.text.length).toBeLessThan(2_010);
    expect(cursorValue(state)).toHaveLength(1_000_000);
  });
  test('50,000 entries open and are walked quickly', () => {
    const value = { list: Array.from({ length: 50_000 }, (_, index) => ({ index })) };
    const started = performance.now();
    let state = unfoldAll(openTree(value), HEIGHT);
    for (let turn = 0; turn < 1000; turn += 1) state = moveTreeCursor(state, 1, HEIGHT);
    expect(selectTreeRows(state, HEIGHT)).toHaveLength(HEIGHT);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
