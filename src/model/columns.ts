import type { Container, Image, Item, Kind, Network, Volume } from '../engine/objects.ts';
import { upFor } from './durations.ts';
import { humanSize } from './human-size.ts';
import { portsText } from './ports-text.ts';
import type { Row } from './rows.ts';
import type { UsedBy } from './select-usage.ts';

/** How a text is meant; the theme gives it a colour, and where it carries state it also has a mark or a word. */
export type Tone = 'plain' | 'quiet' | 'good' | 'warning' | 'bad' | 'accent';
export type Cell = { text: string; tone: Tone };

/** What cells are worked out from, besides the row itself. */
export type CellFacts = {
  now: number;
  /** Ready texts by container id, so that a sample that shows no difference changes nothing. */
  cpu: ReadonlyMap<string, string>;
  usedBy: { images: UsedBy; volumes: UsedBy; networks: UsedBy };
};

/**
 * A column of a list. Widths are terminal cells. `wide` is dropped below that inner pane width; `grow` is its share
 * of what is left over, up to the widest text.
 */
export type Column = {
  id: string;
  title: string;
  min: number;
  max: number;
  grow: number;
  alignRight?: boolean;
  /** Smallest inner width of the pane at which the column is shown. */
  from: number;
  cell: (row: Row, facts: CellFacts) => Cell;
};

const plain = (text: string): Cell => ({ text, tone: 'plain' });
const quiet = (text: string): Cell => ({ text, tone: 'quiet' });
const NOTHING: Cell = quiet('');

/** A cell of one kind of item; rows that could not be read have only their first column. */
function of<K extends Item['kind']>(
  kind: K,
  make: (item: Item & { kind: K }, facts: CellFacts, row: Row) => Cell,
): Column['cell'] {
  return (row, facts) =>
    row.item.kind === kind ? make(row.item as Item & { kind: K }, facts, row) : NOTHING;
}

const nameCell: Column['cell'] = (row) =>
  row.item.kind === 'unreadable'
    ? { text: `${row.name} cannot be read: ${row.item.why}`, tone: 'bad' }
    : plain(row.name);

/** The mark that carries a container's state without colour. */
export function stateMark(container: Container): Cell {
  switch (container.state) {
    case 'running':
      return container.health === 'unhealthy' ? { text: '◍', tone: 'warning' } : { text: '●', tone: 'good' };
    case 'paused':
      return { text: '‖', tone: 'warning' };
    case 'restarting':
      return { text: '↻', tone: 'warning' };
    case 'created':
      return { text: '◌', tone: 'quiet' };
    case 'exited':
      return (container.exitCode ?? 0) === 0 ? { text: '○', tone: 'quiet' } : { text: '✗', tone: 'bad' };
    case 'dead':
      return { text: '✗', tone: 'bad' };
    case 'removing':
      return { text: '…', tone: 'quiet' };
    case 'unknown':
      return { text: '?', tone: 'warning' };
  }
}

/** “Up 2 min”, “Exited (1) 3 h”, “Created”: compact, and with minutes as its smallest unit. */
export function statusText(container: Container, now: number): string {
  const age = container.since === null ? '' : ` ${upFor(container.since, now)}`;
  switch (container.state) {
    case 'running':
      return container.health === null ? `Up${age}` : `Up${age} ${container.health}`;
    case 'paused':
      return `Paused${age}`;
    case 'exited':
      return `Exited (${container.exitCode ?? '?'})${age}`;
    default:
      return container.state.slice(0, 1).toUpperCase() + container.state.slice(1);
  }
}

function statusCell(container: Container, now: number): Cell {
  const mark = stateMark(container);
  return { text: statusText(container, now), tone: mark.tone === 'good' ? 'plain' : mark.tone };
}

const usersCell = (users: readonly Container[] | undefined): Cell =>
  users === undefined || users.length === 0 ? quiet('unused') : plain(users.map((c) => c.name).join(' '));

const imageUsers = (image: Image, facts: CellFacts): Cell => {
  const users = facts.usedBy.images.get(image.id)?.length ?? 0;
  return users === 0 ? quiet('unused') : plain(`×${users}`);
};

const layersText = (image: Image): string =>
  image.layers === null ? '' : `${image.layers} layer${image.layers === 1 ? '' : 's'}`;

const sizeText = (volume: Volume): string => (volume.size === null ? '' : humanSize(volume.size));

/** Only what runs is a member: a stopped container is connected anew when it starts. */
const members = (network: Network, facts: CellFacts): Cell => {
  const users = facts.usedBy.networks.get(network.name) ?? [];
  const count = users.filter((c) => c.state === 'running' || c.state === 'paused').length;
  return count === 0 ? quiet('no members') : plain(`${count} member${count === 1 ? '' : 's'}`);
};

const ago = (item: { createdAt: number | null }, now: number): Cell =>
  item.createdAt === null ? NOTHING : quiet(`${upFor(item.createdAt, now)} old`);

const MARK: Column = {
  id: 'mark',
  title: '',
  min: 1,
  max: 1,
  grow: 0,
  from: 0,
  cell: (row) =>
    row.item.kind === 'container'
      ? stateMark(row.item)
      : row.item.kind === 'unreadable'
        ? { text: '?', tone: 'bad' }
        : NOTHING,
};

const NAME: Column = { id: 'name', title: 'Name', min: 8, max: 60, grow: 4, from: 0, cell: nameCell };

export const COLUMNS: Readonly<Record<Kind, readonly Column[]>> = {
  container: [
    MARK,
    NAME,
    {
      id: 'image',
      title: 'Image',
      min: 6,
      max: 50,
      grow: 1,
      from: 38,
      cell: of('container', (c) => quiet(c.image)),
    },
    {
      id: 'status',
      title: 'Status',
      min: 9,
      max: 26,
      grow: 3,
      from: 0,
      cell: of('container', (c, { now }) => statusCell(c, now)),
    },
    {
      id: 'ports',
      title: 'Ports',
      min: 5,
      max: 40,
      grow: 2,
      from: 44,
      cell: of('container', (c) => ({ text: portsText(c.ports), tone: 'accent' })),
    },
    {
      id: 'cpu',
      title: 'CPU',
      min: 5,
      max: 6,
      grow: 0,
      alignRight: true,
      from: 34,
      cell: of('container', (c, { cpu }) => quiet(c.state === 'running' ? (cpu.get(c.id) ?? '') : '')),
    },
    {
      id: 'command',
      title: 'Command',
      min: 10,
      max: 60,
      grow: 1,
      from: 110,
      cell: of('container', (c) => quiet(c.command)),
    },
    {
      id: 'networks',
      title: 'Networks',
      min: 8,
      max: 30,
      grow: 1,
      from: 110,
      cell: of('container', (c) => quiet(c.networks.join(' '))),
    },
  ],
  image: [
    NAME,
    {
      id: 'layers',
      title: 'Layers',
      min: 8,
      max: 10,
      grow: 0,
      from: 0,
      cell: of('image', (i) => quiet(layersText(i))),
    },
    {
      id: 'size',
      title: 'Size',
      min: 7,
      max: 8,
      grow: 0,
      alignRight: true,
      from: 0,
      cell: of('image', (i) => plain(humanSize(i.size))),
    },
    { id: 'users', title: 'Used by', min: 6, max: 7, grow: 0, from: 0, cell: of('image', imageUsers) },
    {
      id: 'age',
      title: 'Age',
      min: 8,
      max: 12,
      grow: 0,
      from: 60,
      cell: of('image', (i, { now }) => ago(i, now)),
    },
  ],
  volume: [
    NAME,
    {
      id: 'driver',
      title: 'Driver',
      min: 5,
      max: 12,
      grow: 0,
      from: 0,
      cell: of('volume', (v) => quiet(v.driver)),
    },
    {
      id: 'size',
      title: 'Size',
      min: 7,
      max: 8,
      grow: 0,
      alignRight: true,
      from: 34,
      cell: of('volume', (v) => plain(sizeText(v))),
    },
    {
      id: 'users',
      title: 'Used by',
      min: 6,
      max: 30,
      grow: 1,
      from: 0,
      cell: of('volume', (v, { usedBy }) => usersCell(usedBy.volumes.get(v.name))),
    },
    {
      id: 'age',
      title: 'Age',
      min: 8,
      max: 12,
      grow: 0,
      from: 60,
      cell: of('volume', (v, { now }) => ago(v, now)),
    },
  ],
  network: [
    NAME,
    {
      id: 'driver',
      title: 'Driver',
      min: 6,
      max: 12,
      grow: 0,
      from: 0,
      cell: of('network', (n) => quiet(n.driver)),
    },
    {
      id: 'subnet',
      title: 'Subnet',
      min: 9,
      max: 40,
      grow: 1,
      from: 38,
      cell: of('network', (n) => quiet(n.subnets.join(' '))),
    },
    { id: 'members', title: 'Members', min: 6, max: 11, grow: 0, from: 0, cell: of('network', members) },
    {
      id: 'internal',
      title: 'Internal',
      min: 8,
      max: 8,
      grow: 0,
      from: 70,
      cell: of('network', (n) => quiet(n.internal ? 'internal' : '')),
    },
  ],
};

/** Cells between columns: one at least, up to this many where there is room, so that names are not lost in the rest. */
const WIDEST_GAP = 3;

export type ColumnLayout = { columns: readonly { column: Column; width: number }[]; gap: number };

/**
 * Shares the inner width of a pane among the columns that fit into it. `widest` is each column's widest text in view;
 * a column of nothing takes no room, and the name is the last to be cut.
 */
export function layoutColumns(
  columns: readonly Column[],
  widest: ReadonlyMap<string, number>,
  width: number,
): ColumnLayout {
  const shown = columns.filter((c) => width >= c.from && (widest.get(c.id) ?? 0) > 0);
  const want = shown.map((c) => Math.min(c.max, widest.get(c.id) ?? 0));
  const widths = shown.map((c, i) => Math.min(c.min, want[i] ?? 0));
  let left = width - (shown.length - 1) - sum(widths);
  for (const i of byGrowth(shown)) {
    const more = Math.max(0, Math.min(left, (want[i] ?? 0) - (widths[i] ?? 0)));
    widths[i] = (widths[i] ?? 0) + more;
    left -= more;
  }
  const gap = 1 + Math.max(0, Math.min(WIDEST_GAP - 1, Math.floor(left / Math.max(1, shown.length - 1))));
  return { columns: shown.map((column, i) => ({ column, width: widths[i] ?? 0 })), gap };
}

function byGrowth(columns: readonly Column[]): number[] {
  return [...columns.keys()].toSorted((a, b) => (columns[b]?.grow ?? 0) - (columns[a]?.grow ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
