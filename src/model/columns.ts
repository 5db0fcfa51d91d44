import type { Container, Image, Item, Kind, Network, Volume } from '../engine/objects.ts';
import { stateMark, statusText } from './container-status.ts';
import { upFor } from './durations.ts';
import { humanSize } from '../engine/human-size.ts';
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

/** A column of a list. Widths are terminal cells. */
export type Column = {
  id: string;
  title: string;
  /** Least that is worth showing of a longer text. */
  min: number;
  /** Most that it takes, however long its texts are. */
  max: number;
  /** Who gets room first, 1 before 2: to be shown at all, and then to be shown whole. */
  rank: number;
  /** Only in panes with at least this inner width. */
  from?: number;
  alignRight?: boolean;
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

function statusCell(container: Container, now: number): Cell {
  const mark = stateMark(container);
  return { text: statusText(container, now), tone: mark.tone === 'good' ? 'plain' : mark.tone };
}

const usersCell = (users: readonly Container[] | undefined): Cell =>
  users === undefined || users.length === 0 ? quiet('unused') : plain(users.map((c) => c.name).join(' '));

/** Containers name the tag they were made from; one whose tag has moved on counts for each of the image's names. */
const imageUsers = (image: Image, facts: CellFacts, row: Row): Cell => {
  const users = (facts.usedBy.images.get(image.id) ?? []).filter((c) => {
    const name = withTag(c.image);
    return name === row.name || !image.tags.includes(name);
  });
  return users.length === 0 ? quiet('unused') : plain(`×${users.length}`);
};

function withTag(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}

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
  rank: 1,
  title: '',
  min: 1,
  max: 1,
  cell: (row) =>
    row.item.kind === 'container'
      ? stateMark(row.item)
      : row.item.kind === 'unreadable'
        ? { text: '?', tone: 'bad' }
        : NOTHING,
};

const NAME: Column = { id: 'name', rank: 2, title: 'Name', min: 8, max: 60, cell: nameCell };

export const COLUMNS: Readonly<Record<Kind, readonly Column[]>> = {
  container: [
    MARK,
    NAME,
    {
      id: 'image',
      rank: 6,
      title: 'Image',
      min: 6,
      max: 50,
      cell: of('container', (c) => quiet(c.image)),
    },
    {
      id: 'status',
      rank: 3,
      title: 'Status',
      min: 12,
      max: 26,
      cell: of('container', (c, { now }) => statusCell(c, now)),
    },
    {
      id: 'ports',
      rank: 4,
      title: 'Ports',
      min: 9,
      max: 40,
      cell: of('container', (c) => ({ text: portsText(c.ports), tone: 'accent' })),
    },
    {
      id: 'cpu',
      rank: 5,
      title: 'CPU',
      min: 5,
      max: 6,
      alignRight: true,
      cell: of('container', (c, { cpu }) => quiet(c.state === 'running' ? (cpu.get(c.id) ?? '') : '')),
    },
    {
      id: 'command',
      rank: 8,
      title: 'Command',
      min: 10,
      max: 60,
      from: 110,
      cell: of('container', (c) => quiet(c.command)),
    },
    {
      id: 'networks',
      rank: 7,
      title: 'Networks',
      min: 8,
      max: 30,
      from: 110,
      cell: of('container', (c) => quiet(c.networks.join(' '))),
    },
  ],
  image: [
    NAME,
    {
      id: 'layers',
      rank: 4,
      title: 'Layers',
      min: 8,
      max: 10,
      cell: of('image', (i) => quiet(layersText(i))),
    },
    {
      id: 'size',
      rank: 3,
      title: 'Size',
      min: 7,
      max: 8,
      alignRight: true,
      cell: of('image', (i) => plain(humanSize(i.size))),
    },
    { id: 'users', rank: 5, title: 'Used by', min: 6, max: 7, cell: of('image', imageUsers) },
    {
      id: 'age',
      rank: 6,
      title: 'Age',
      min: 8,
      max: 12,
      from: 60,
      cell: of('image', (i, { now }) => ago(i, now)),
    },
  ],
  volume: [
    NAME,
    {
      id: 'driver',
      rank: 5,
      title: 'Driver',
      min: 5,
      max: 12,
      cell: of('volume', (v) => quiet(v.driver)),
    },
    {
      id: 'size',
      rank: 4,
      title: 'Size',
      min: 7,
      max: 8,
      alignRight: true,
      cell: of('volume', (v) => plain(sizeText(v))),
    },
    {
      id: 'users',
      rank: 3,
      title: 'Used by',
      min: 6,
      max: 30,
      cell: of('volume', (v, { usedBy }) => usersCell(usedBy.volumes.get(v.name))),
    },
    {
      id: 'named',
      rank: 7,
      title: 'Named',
      min: 7,
      max: 7,
      from: 60,
      cell: of('volume', (v) => quiet(v.anonymous ? 'no name' : '')),
    },
    {
      id: 'age',
      rank: 6,
      title: 'Age',
      min: 8,
      max: 12,
      from: 60,
      cell: of('volume', (v, { now }) => ago(v, now)),
    },
  ],
  network: [
    NAME,
    {
      id: 'driver',
      rank: 4,
      title: 'Driver',
      min: 6,
      max: 12,
      cell: of('network', (n) => quiet(n.driver)),
    },
    {
      id: 'subnet',
      rank: 5,
      title: 'Subnet',
      min: 9,
      max: 40,
      cell: of('network', (n) => quiet(n.subnets.join(' '))),
    },
    { id: 'members', rank: 3, title: 'Members', min: 10, max: 11, cell: of('network', members) },
    {
      id: 'internal',
      rank: 6,
      title: 'Internal',
      min: 8,
      max: 8,
      from: 70,
      cell: of('network', (n) => quiet(n.internal ? 'internal' : '')),
    },
  ],
};
