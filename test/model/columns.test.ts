import { describe, expect, test } from 'vitest';
import { CONTAINER_STATES, KINDS } from '../../src/engine/objects.ts';
import { COLUMNS, type CellFacts } from '../../src/model/columns.ts';
import { stateMark, statusText } from '../../src/model/container-status.ts';
import { layoutColumns } from '../../src/model/layout-columns.ts';
import { rowsOf } from '../../src/model/rows.ts';
import { dice } from '../support/odd-text.ts';
import { aContainer, aNetwork, aVolume, anImage, mountOf, NOW, unreadable } from './build-state.ts';

const NONE: CellFacts = {
  now: NOW,
  cpu: new Map(),
  usedBy: { images: new Map(), volumes: new Map(), networks: new Map() },
};
/** The narrowest list: 36 cells with borders, less the margin for selection and mark. */
const NARROWEST = 32;

function cellOf(
  kind: (typeof KINDS)[number],
  column: string,
  item: Parameters<typeof rowsOf>[0],
  facts = NONE,
): string {
  return COLUMNS[kind].find((c) => c.id === column)!.cell(rowsOf(item)[0]!, facts).text;
}

describe('the columns of a list', () => {
  test('are never wider than their pane, whatever their texts', () => {
    for (const kind of KINDS) {
      for (let width = NARROWEST; width <= 240; width += 1) {
        const throws = dice(width);
        const widest = new Map(COLUMNS[kind].map((c) => [c.id, throws.below(90)]));
        const { columns, gap } = layoutColumns(COLUMNS[kind], widest, width);
        const used = columns.reduce((sum, c) => sum + c.width, 0) + gap * Math.max(0, columns.length - 1);
        expect(used, `${kind} at ${width}`).toBeLessThanOrEqual(width);
      }
    }
  });
  test('always show the name, and the state of containers', () => {
    for (const kind of KINDS) {
      for (let width = NARROWEST; width <= 240; width += 1) {
        const widest = new Map(COLUMNS[kind].map((c) => [c.id, 60]));
        const ids = layoutColumns(COLUMNS[kind], widest, width).columns.map(({ column }) => column.id);
        expect(ids).toEqual(
          expect.arrayContaining(kind === 'container' ? ['mark', 'name', 'status'] : ['name']),
        );
      }
    }
  });
  test('give the name the first room there is', () => {
    const widest = new Map([
      ['mark', 1],
      ['name', 12],
      ['image', 20],
      ['status', 12],
      ['ports', 20],
    ]);
    const name = layoutColumns(COLUMNS.container, widest, 48).columns.find(
      ({ column }) => column.id === 'name',
    );
    expect(name?.width).toBe(12);
  });
  test('without a text take no room', () => {
    const { columns } = layoutColumns(
      COLUMNS.container,
      new Map([
        ['mark', 1],
        ['name', 4],
        ['status', 9],
      ]),
      200,
    );
    expect(columns.map(({ column }) => column.id)).toEqual(['mark', 'name', 'status']);
  });
});

describe('a container’s state', () => {
  test('shows in a mark of one cell and a word, without colour', () => {
    const texts = CONTAINER_STATES.map((state) => {
      const container = aContainer('web', { state, exitCode: state === 'exited' ? 0 : null });
      return `${stateMark(container).text} ${statusText(container, NOW)}`;
    });
    expect(new Set(texts).size).toBe(CONTAINER_STATES.length);
    expect(texts.every((text) => /^\S \w/.test(text))).toBe(true);
  });
  test.each([
    [{ state: 'running' }, '●', 'Up 2 min'],
    [{ state: 'running', health: 'unhealthy' }, '◍', 'Up 2 min unhealthy'],
    [{ state: 'exited', exitCode: 0 }, '○', 'Exited (0) 2 min'],
    [{ state: 'exited', exitCode: 137 }, '✗', 'Exited (137) 2 min'],
    [{ state: 'exited', exitCode: null }, '○', 'Exited (?) 2 min'],
    [{ state: 'paused' }, '‖', 'Paused 2 min'],
    [{ state: 'created', since: null }, '◌', 'Created'],
  ] as const)('%j is %s %s', (more, mark, text) => {
    const container = aContainer('web', more);
    expect([stateMark(container).text, statusText(container, NOW)]).toEqual([mark, text]);
  });
});

describe('a cell', () => {
  test('of a row that could not be read says why, in the name', () => {
    const row = unreadable('container', 'web', 'State is a number');
    expect(cellOf('container', 'name', row)).toBe('web cannot be read: State is a number');
    expect(
      COLUMNS.container
        .slice(2)
        .map((c) => c.cell(rowsOf(row)[0]!, NONE).text)
        .join(''),
    ).toBe('');
  });
  test('of an image says how many containers use it', () => {
    const usedBy = { ...NONE.usedBy, images: new Map([['sha256:tiny', [aContainer('a'), aContainer('b')]]]) };
    expect(cellOf('image', 'users', anImage('tiny:1'), { ...NONE, usedBy })).toBe('×2');
    expect(cellOf('image', 'users', anImage('tiny:1'))).toBe('unused');
    expect(cellOf('image', 'layers', anImage('tiny:1', { layers: 1 }))).toBe('1 layer');
    expect(cellOf('image', 'layers', anImage('tiny:1', { layers: null }))).toBe('');
  });
  test('of a volume names its users, and leaves a size open that nobody measured', () => {
    const usedBy = {
      ...NONE.usedBy,
      volumes: new Map([['notes', [aContainer('web', { mounts: [mountOf('notes')] })]]]),
    };
    expect(cellOf('volume', 'users', aVolume('notes'), { ...NONE, usedBy })).toBe('web');
    expect(cellOf('volume', 'size', aVolume('notes', { size: null }))).toBe('');
    expect(cellOf('volume', 'size', aVolume('notes', { size: 0 }))).toBe('0 B');
  });
  test('of a network counts only what runs', () => {
    const users = [aContainer('a'), aContainer('b', { state: 'exited' })];
    const usedBy = { ...NONE.usedBy, networks: new Map([['own', users]]) };
    expect(cellOf('network', 'members', aNetwork('own'), { ...NONE, usedBy })).toBe('1 member');
  });
  test('of CPU is empty for what does not run', () => {
    const cpu = new Map([['c-web', '5.0%']]);
    expect(cellOf('container', 'cpu', aContainer('web'), { ...NONE, cpu })).toBe('5.0%');
    expect(cellOf('container', 'cpu', aContainer('web', { state: 'exited' }), { ...NONE, cpu })).toBe('');
  });
});
