import { shortId } from '../engine/object-id.ts';
import type { Container, Image, Item, Kind, Network, Unreadable, Volume } from '../engine/objects.ts';

/**
 * One line of a list pane, before it is fitted to a width. A container, volume or network is one row; an image is
 * one row per tag, as in `docker images`. Rows are cached by item, so an event about one item remakes one row.
 */
export type Row<I extends Item = Item> = {
  /** Unique within its list, and stable while the item lives. */
  key: string;
  item: I;
  /** The name a command would use. */
  name: string;
  /** What `/` looks at. */
  text: string;
};

export type RowsOf = {
  container: Row<Container | Unreadable>;
  image: Row<Image | Unreadable>;
  volume: Row<Volume | Unreadable>;
  network: Row<Network | Unreadable>;
};

const cache = new WeakMap<Item, readonly Row[]>();

export function rowsOf(item: Item): readonly Row[] {
  const known = cache.get(item);
  if (known) return known;
  const rows = makeRows(item);
  cache.set(item, rows);
  return rows;
}

function makeRows(item: Item): readonly Row[] {
  switch (item.kind) {
    case 'container':
      return [
        row(item, item.id, item.name, [item.name, item.image, item.state, item.id, labels(item.labels)]),
      ];
    case 'image':
      return imageNames(item).map((name) =>
        row(item, `${item.id} ${name}`, name, [name, item.id, labels(item.labels)]),
      );
    case 'volume':
      return [row(item, item.id, item.name, [item.name, item.driver, labels(item.labels)])];
    case 'network':
      return [row(item, item.id, item.name, [item.name, item.driver, ...item.subnets, labels(item.labels)])];
    case 'unreadable':
      return [row(item, item.id, item.name || shortId(item.id), [item.name, item.id])];
  }
}

function row(item: Item, key: string, name: string, searched: readonly string[]): Row {
  return { key, item, name, text: searched.join(' ').toLowerCase() };
}

function labels(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

/** Names of an image's rows; a dangling image goes by its short id. */
export function imageNames(image: Image): readonly string[] {
  return image.tags.length > 0 ? image.tags : [shortId(image.id)];
}

/** Order of container states in the default sort: what lives comes first. */
const STATE_ORDER: Readonly<Record<Container['state'], number>> = {
  running: 0,
  restarting: 0,
  paused: 0,
  removing: 1,
  created: 2,
  exited: 2,
  dead: 2,
  unknown: 3,
};

export type Order = (a: Row, b: Row) => number;
export type Sorting = { title: string; order: Order };

const byName: Order = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function by(value: (item: Item) => number): Order {
  return (a, b) => value(a.item) - value(b.item) || byName(a, b);
}

const rank = (item: Item): number => (item.kind === 'container' ? STATE_ORDER[item.state] : 9);
const age = (item: Item): number => (item.kind === 'unreadable' ? 0 : -(item.createdAt ?? 0));
const size = (item: Item): number =>
  item.kind === 'image' || item.kind === 'volume' ? -(item.size ?? 0) : 0;
const builtIn = (item: Item): number => (item.kind === 'network' && item.builtIn ? 1 : 0);
const anonymous = (item: Item): number => (item.kind === 'volume' && item.anonymous ? 1 : 0);

/** How each list can be sorted; the first is the default. */
export const SORTINGS: Readonly<Record<Kind, readonly Sorting[]>> = {
  container: [
    { title: 'running first', order: by(rank) },
    { title: 'name', order: byName },
    { title: 'newest', order: by(age) },
  ],
  image: [
    { title: 'name', order: byName },
    { title: 'size', order: by(size) },
    { title: 'newest', order: by(age) },
  ],
  volume: [
    { title: 'named first', order: by(anonymous) },
    { title: 'name', order: byName },
    { title: 'size', order: by(size) },
    { title: 'newest', order: by(age) },
  ],
  network: [
    { title: 'own first', order: by(builtIn) },
    { title: 'name', order: byName },
    { title: 'newest', order: by(age) },
  ],
};
